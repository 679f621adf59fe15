import { claimShare } from '../../src/usecases/claim-share.ts'
import { rewardSharers } from '../../src/usecases/reward-sharers.ts'
import { addCampaign, type CampaignOptions } from '../helpers/shop.ts'
import { expectThat, type Tally } from './tally.ts'
import { addShareOf, type World } from './world.ts'

/** What a campaign's limits let through when they are met one after the other. */
export async function tryLimits(world: World, tally: Tally): Promise<void> {
  await tryCaps(world, tally)
  await tryPeriod(world, tally)
  await tryOwnCodes(world, tally)
  await tryReward(world, tally)
}

function claim({ app }: World, personId: string, token: string) {
  return claimShare(app, { personId, by: { kind: 'token', token } })
}

async function tryCaps(world: World, tally: Tally): Promise<void> {
  const caps: CampaignOptions[] = [
    { maxVouchers: 2 },
    { dayMaxVouchers: 2 },
    { dayBudgetMinor: 1200 },
  ]
  for (const cap of caps) {
    const { campaignId } = await addCampaign(world.app, world.shop, {
      ...cap,
      slotsPerShare: 9,
      fallback: { quantity: 1 },
    })
    const share = await addShareOf(world, campaignId)
    const people = [1, 2, 3, 4].map(() => world.nextKnown())
    // the first two one by one, the others in one batch
    const given = [
      (await claim(world, people[0]!, share.token)).result,
      (await claim(world, people[1]!, share.token)).result,
      ...(await Promise.all(people.slice(2).map((one) => claim(world, one, share.token)))).map(
        ({ result }) => result,
      ),
    ].join()
    expectThat(
      tally,
      'over',
      `${Object.keys(cap).join()} for two gave ${given}`,
      given === 'allocated,allocated,fallback,exhausted',
    )
  }
}

/** Two a day, and four shares opened at once. */
async function tryPeriod(world: World, tally: Tally): Promise<void> {
  const { campaignId } = await addCampaign(world.app, world.shop, {
    claimScope: 'share',
    personLimit: 2,
    personPeriod: 'day',
    slotsPerShare: 9,
  })
  const shares = await Promise.all([1, 2, 3, 4].map(() => addShareOf(world, campaignId)))
  const person = world.nextKnown()
  // the first goes alone, the others together in the next batch
  const answers = await Promise.all(
    [{ personId: world.nextKnown(), token: shares[0]!.token }]
      .concat(shares.map(({ token }) => ({ personId: person, token })))
      .map((ask) => claim(world, ask.personId, ask.token)),
  )
  const given = answers.slice(1).map(({ result }) => result)
  expectThat(
    tally,
    'over',
    `two a day, four shares at once: ${given.join()}`,
    given.filter((result) => result === 'allocated').length === 2 &&
      given.filter((result) => result === 'ineligible').length === 2,
  )
}

/** Three codes of the merchant's own, in their order, and then the preset voucher. */
async function tryOwnCodes(world: World, tally: Tally): Promise<void> {
  const { app, shop } = world
  const { campaignId, templateIds } = await addCampaign(app, shop, { slotsPerShare: 9 })
  const prefix = crypto.randomUUID().slice(0, 8).toUpperCase()
  await addOwnCodes(world, templateIds[0] ?? '', prefix, 3)
  const share = await addShareOf(world, campaignId)
  const people = [1, 2, 3, 4].map(() => world.nextKnown())
  const answers = await Promise.all(people.map((person) => claim(world, person, share.token)))
  const codes = answers.flatMap(({ result, voucher }) =>
    result === 'allocated' ? (voucher?.code ?? '') : [],
  )
  expectThat(
    tally,
    'double',
    `three codes for four people: ${codes.length} given, ${new Set(codes).size} different`,
    codes.toSorted().join() === [1, 2, 3].map((i) => `${prefix}-${i}`).join(),
  )
}

/** Gives a template codes of its own, as an import does. */
async function addOwnCodes(
  { app, shop: { merchantId } }: World,
  templateId: string,
  prefix: string,
  count: number,
): Promise<void> {
  const batchId = `bat_${prefix}`
  await app.db.run(
    ({ sql }) => sql`
      with batch as (
        insert into code_batches (merchant_id, id, template_id, source, wanted, made, status, requested_by)
        values (${merchantId}, ${batchId}, ${templateId}, 'imported', ${count}, ${count}, 'done', 'cli')
      ), template as (
        update voucher_templates set has_own_codes = true, codes_made = ${count}
        where merchant_id = ${merchantId} and id = ${templateId}
      )
      insert into codes (merchant_id, code, template_id, position, batch_id)
      select ${merchantId}, ${prefix} || '-' || i, ${templateId}, i, ${batchId}
      from generate_series(1, ${count}::integer) i`,
  )
}

/** A share of which enough was given rewards its sharer once. */
async function tryReward(world: World, tally: Tally): Promise<void> {
  const { app, shop } = world
  const { campaignId } = await addCampaign(app, shop, {
    rewardAfter: 2,
    rewardFor: 'claims',
    templates: [{}, { name: 'thank you', isReward: true }],
  })
  const share = await addShareOf(world, campaignId)
  const rewards: number[] = []
  for (const person of [share.sharerId, world.nextKnown(), world.nextKnown()]) {
    await claim(world, person, share.token)
    rewards.push(await rewardSharers(app))
  }
  rewards.push(...(await Promise.all([rewardSharers(app), rewardSharers(app)])))
  expectThat(
    tally,
    'double',
    `a reward for two friends, after each claim: ${rewards.join()}`,
    rewards.join() === '0,0,1,0,0',
  )
}
