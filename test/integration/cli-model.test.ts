import { afterAll, beforeAll, expect, test } from 'vitest'

import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { createLog } from '../../src/log.ts'
import { openApp } from '../../src/open-app.ts'
import { claimShare } from '../../src/usecases/claim-share.ts'
import { learn } from '../../src/usecases/learn.ts'
import { redeemVoucher } from '../../src/usecases/redeem-voucher.ts'
import { addCampaign, addKnown, addShare, addShop } from '../helpers/shop.ts'
import { type Operator, operator } from '../helpers/typing.ts'

let desk: Operator
let app: AppContext
let close: () => Promise<void>
let merchantId: string
let quietId: string

beforeAll(async () => {
  desk = await operator()
  const config = readConfig({ DATABASE_URL: desk.databaseUrl, DATA_DIR: `${desk.dir}/data` })
  ;({ app, close } = await openApp(config, createLog('silent'), { id: 0, token: '', username: '' }))
  const shop = await addShop(app)
  merchantId = shop.merchantId
  quietId = (await addShop(app, 'Quiet & Co')).merchantId
  await addCampaign(app, shop)
  for (const personId of ['telegram:2', 'telegram:3']) {
    const { token } = await addShare(app, shop)
    await addKnown(app, shop, personId)
    const { voucher } = await claimShare(app, { personId, by: { kind: 'token', token } })
    const asked = { merchantId, code: voucher?.code ?? '', orderMinor: 2000, by: 'api' }
    await redeemVoucher(app, { ...asked, requestId: personId })
    await app.db.run(
      ({ sql }) => sql`
        update vouchers set expires_at = clock_timestamp() where merchant_id = ${merchantId}`,
    )
    await learn(app)
  }
})

afterAll(async () => {
  await close()
  await desk[Symbol.asyncDispose]()
})

test('what a model has learnt is shown with the versions that are kept', async () => {
  const { exitCode, out } = await desk.type('model', 'show', merchantId)

  expect(exitCode).toBe(0)
  expect(out).toContain('voucher: version 2 decides; 2 answers learnt, 2 noted\n')
  expect(out).toMatch(/^ {2}\* {2}version 2 {2}2 learnt {2}\d+ KB {2}\d{4}-/m)
  expect(out).toMatch(/^ {5}version 1 {2}1 learnt/m)
  expect(out).toContain('offer: version ')
})

test('learning is stopped and goes on by a command each', async () => {
  const of = [merchantId, '--point', 'voucher']
  const said: string[] = []
  for (const verb of ['freeze', 'freeze', 'show', 'thaw', 'thaw']) {
    said.push((await desk.type('model', verb, ...of)).out.split('\n')[0] ?? '')
  }

  expect(said).toEqual([
    'voucher: it learns nothing more',
    'voucher: it was frozen already',
    'voucher: version 2 decides; 2 answers learnt, 2 noted; frozen',
    'voucher: it learns again',
    'voucher: it was not frozen',
  ])
})

test('an older version decides again, and learning goes on when it is thawed', async () => {
  const of = [merchantId, '--point', 'voucher']

  const back = await desk.type('model', 'back', ...of)
  const unknown = await desk.type('model', 'back', ...of, '--to', '7')
  const same = await desk.type('model', 'back', ...of, '--to', '1')
  const wrong = await desk.type('model', 'back', ...of, '--to', 'x')
  await desk.type('model', 'thaw', ...of)
  await learn(app)

  expect(back.out).toContain('voucher: version 1 decides instead of 2, and learns nothing until')
  expect(unknown).toMatchObject({ exitCode: 1, out: '' })
  expect(unknown.err).toContain('At voucher, version 7 is not kept, only 2, 1.')
  expect(same).toMatchObject({ exitCode: 0, out: 'voucher: version 1 decides already\n' })
  expect(wrong).toMatchObject({ exitCode: 2, out: '' })
  expect((await desk.type('model', 'show', ...of)).out).toContain('version 3 decides; 2 answers')
})

test('everything is learnt anew, and it is said whether it comes out the same', async () => {
  const { exitCode, out } = await desk.type('model', 'rebuild', merchantId)

  expect(exitCode).toBe(0)
  expect(out).toContain('voucher: 2 answers learnt anew: the same to the last bit\n')
  expect(out).toContain('offer: ')
})

test.each([
  [['show'], 2, "missing required argument 'merchant'"],
  [['show', 'mer_none'], 1, 'There is no merchant mer_none.'],
  [['freeze', 'SHOP', '--point', 'till'], 2, 'Write voucher or offer.'],
  [['show', 'QUIET'], 1, 'Nothing was chosen at Quiet & Co yet, so there is no model.'],
  [['back', 'SHOP', '--to', '-1'], 2, '--to'],
  [['melt', 'SHOP'], 2, "unknown command 'melt'"],
])('`passalong model %j` says what is wrong', async (args, exitCode, words) => {
  const typed = args.map((word) => ({ SHOP: merchantId, QUIET: quietId })[word] ?? word)

  const answer = await desk.type('model', ...typed)

  expect(answer).toMatchObject({ exitCode, out: '' })
  expect(answer.err).toContain(words)
})
