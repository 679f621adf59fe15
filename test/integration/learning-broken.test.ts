import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createRecent } from '../../src/recent.ts'
import { createTogether } from '../../src/together.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { modelOf } from '../../src/usecases/current-model.ts'
import { learn } from '../../src/usecases/learn.ts'
import { rebuildModel } from '../../src/usecases/rebuild-model.ts'
import { type LearningShop, learningShop, play, restarted } from '../helpers/learning.ts'
import { addKnown, addShare, people } from '../helpers/shop.ts'

const VOUCHER = `merchant_id = $1 and point = 'voucher'`

/** A shop that has learnt in three steps, and what it says in the log. */
async function learntThrice(): Promise<LearningShop & { said: string[] }> {
  const said: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => said.push(JSON.parse(line).msg) })
  const place = await learningShop({}, { log: log as never })
  for (let i = 0; i < 3; i++) {
    const given = await place.give(...people(6, 1000 + 100 * i))
    await place.spend(given.slice(0, 3))
    await place.expire(given)
    await learn(place.app)
  }
  return Object.assign(place, { said })
}

const BREAKS: [what: string, by: string][] = [
  ['cut short', `update model_states set state = substring(state from 1 for 500)`],
  [
    'changed in one byte',
    `update model_states set state = set_byte(state, 900, 7 + get_byte(state, 900) / 2)`,
  ],
  ['empty', `update model_states set state = ''`],
  ['gone', `delete from model_states`],
  [
    'no numbers, with a digest that fits',
    `update model_states set state = '\\xffffffffffff'::bytea, digest = encode(sha256('\\xffffffffffff'::bytea), 'hex')`,
  ],
]

test.each(BREAKS)(
  'a snapshot that is %s gives way to the one before, and is made good',
  async (_, by) => {
    await using place = await learntThrice()
    const { app, shop, said } = place
    await place.rows(`${by} where ${VOUCHER} and version = 3`)

    expect(await modelOf(restarted(app), shop.merchantId, 'voucher')).toMatchObject({ version: 2 })
    expect(said.some((words) => /a state of the model is (broken|missing)/.test(words))).toBe(true)
    // such a one is found out when there is something to learn
    if (by.includes('digest')) await play(place, 2, 8000)
    await learn(app)

    const { version } = await modelOf(restarted(app), shop.merchantId, 'voucher')
    expect(version).toBe(by.startsWith('delete') ? 3 : 4)
    const rebuilt = await rebuildModel(app, shop.merchantId, 'voucher')
    expect(rebuilt).toMatchObject({ outcome: 'identical' })
  },
)

test('where every snapshot is broken the model is rebuilt from the log, and claims go on meanwhile', async () => {
  await using place = await learntThrice()
  const { app, shop } = place
  const [good] = await place.rows(
    `select digest from model_states where ${VOUCHER} and version = 3`,
  )
  await place.rows(`update model_states set state = '\\x00' where ${VOUCHER}`)

  Object.assign(app, restarted(app))
  await place.give('telegram:7000')
  const [decided] =
    await place.rows(`select model, chosen_by from decisions where ${VOUCHER} and model <> ''
    order by decided_at desc limit 1`)
  await learn(app)

  expect(decided).toEqual(['voucher/0', 'match'])
  const [made] = await place.rows(`select version, digest from model_states where ${VOUCHER}
    order by version desc limit 1`)
  expect(made).toEqual([4, good?.[0]])
  expect(await rebuildModel(app, shop.merchantId, 'voucher')).toMatchObject({
    outcome: 'identical',
  })
})

test('a rebuild puts right what was learnt wrongly', async () => {
  await using place = await learntThrice()
  const { app, shop } = place
  await place.rows(`update model_states s set (state, digest) = (
    select x.state, x.digest from model_states x
    where x.merchant_id = s.merchant_id and x.point = s.point and x.version = 1
  ) where ${VOUCHER} and version = 3`)

  expect(await rebuildModel(app, shop.merchantId, 'voucher')).toEqual({
    outcome: 'rebuilt',
    count: 18,
    version: 4,
  })
  expect(await rebuildModel(app, shop.merchantId, 'voucher')).toMatchObject({
    outcome: 'identical',
  })
})

test('what was noted of a decision and cannot be read is left out', async () => {
  await using place = await learntThrice()
  const { app } = place
  const given = await place.give(...people(6, 5000))
  const spoilt = ['{}', '{"x":[1],"arms":[]}', '{"x":null}', '{"x":["a"],"arms":[{"id":"x"}]}']
  for (const [i, candidates] of spoilt.entries()) {
    await app.db.run(
      ({ sql }) => sql`
        update decisions set candidates = ${candidates}::text::json
        where merchant_id = ${place.shop.merchantId} and point = 'voucher' and subject_id = (
          select claim_id from vouchers
          where merchant_id = ${place.shop.merchantId} and id = ${given[i]?.voucherId ?? ''}
        )`,
    )
  }
  await place.spend(given)
  await place.expire(given)

  await learn(app)

  const counts = await place.rows(`select (select count(*)::integer from outcomes where ${VOUCHER}),
    (select max(learnt) from model_states where ${VOUCHER})`)
  expect(counts).toEqual([[24, 20]])
})

test('with no database to read from, the prior decides; with one it was read from, what was known last', async () => {
  await using place = await learntThrice()
  const { app, shop, said } = place
  const away = { ...app.db, run: () => Promise.reject(new Error('away')) }
  const cold = restarted({ ...app, db: away })

  expect(await modelOf(cold, shop.merchantId, 'voucher')).toMatchObject({ version: 0 })

  const known = await modelOf(app, shop.merchantId, 'voucher')
  const warm = { ...app, db: away, currentModels: createRecent<never>({ forMs: 60_000, most: 9 }) }
  const stale = { current: Promise.resolve(known), freshUntil: 0 }
  warm.currentModels.keep(`${shop.merchantId} voucher`, stale as never)
  expect(await modelOf(warm, shop.merchantId, 'voucher')).toBe(known)
  await expect
    .poll(() => said.filter((words) => words === 'the model could not be read').length)
    .toBe(2)
  expect(await modelOf(warm, shop.merchantId, 'voucher')).toBe(known)
})

test('a claim is decided while the model is learning', async () => {
  await using place = await learningShop()
  const { app, shop } = place
  const given = await place.give(...people(30))
  await place.spend(given)
  await place.expire(given)
  const share = await addShare(app, shop)
  await addKnown(app, shop, 'telegram:9000')
  const own = { ...restarted(app), together: createTogether() }
  const order: string[] = []

  await Promise.all([
    learn(app).then(() => order.push('learnt')),
    claimShare(own, { personId: 'telegram:9000', by: { kind: 'token', token: share.token } }).then(
      ({ result }) => order.push(result),
    ),
  ])

  expect(order).toEqual(['allocated', 'learnt'])
})
