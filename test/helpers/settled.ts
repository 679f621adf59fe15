import type { AppContext } from '../../src/context.ts'
import type { Logged } from '../../src/matching/decide.ts'
import { uniforms } from '../../src/matching/draws.ts'
import { liftOf } from '../../src/matching/evidence.ts'
import { PERSON_FEATURES } from '../../src/matching/features.ts'
import { USUAL_PRIOR } from '../../src/matching/model.ts'
import { settledOf } from '../../src/matching/report.ts'
import { testApp } from './app.ts'
import { addCampaign, addShop, type Shop } from './shop.ts'
import { addRole } from './staff.ts'

export type Situation = {
  /** Of offers the three ids are those of offers. */
  point?: 'offer'
  merchantId: string
  campaignId: string
  /** Two kinds to choose from, and the preset one. */
  templateIds: readonly [string, string]
  presetId: string
  count: number
  seed: number
  /** How many people get the preset one whatever is wanted; left out: a tenth. */
  control?: number
  /** How often the first is wanted for people who order often, and for the others. */
  wanted: readonly [often: number, others: number]
  /** How often each of the three is redeemed, by people who order often and by the others. */
  redeemed: readonly [often: readonly number[], others: readonly number[]]
  /** What a redemption brings of each of the three in minor units; left out: no margin is stated. */
  worth?: readonly number[]
}

const OFTEN = PERSON_FEATURES.findIndex(({ name }) => name === 'orders')

/** Decisions of a model whose vouchers are all over, as claims and learning write them. */
export async function addSettled(app: AppContext, situation: Situation): Promise<void> {
  const { merchantId, campaignId, point = 'voucher' } = situation
  const prefix = point === 'voucher' ? 'clm_' : 'ord_'
  const rows = settledRows(situation)
  await app.db.run(
    ({ sql }) => sql`
      insert into models (merchant_id, point, prior)
      values (${merchantId}, ${point}, ${JSON.stringify([USUAL_PRIOR])}::text::json)
      on conflict do nothing`,
  )
  await app.db.run(
    ({ sql }) => sql`
      with row as materialized (
        select * from json_to_recordset(${JSON.stringify(rows)}::text::json) as r (
          id text, logged json, chosen text, propensity double precision, answer smallint,
          value_minor bigint, lift double precision
        )
      ), decided as (
        insert into decisions (
          merchant_id, point, subject_id, person_id, candidates, chosen_id, chosen_by, propensity, model, learnable,
          decided_at
        )
        select ${merchantId}, ${point}, ${prefix} || id, 'telegram:' || id, logged, chosen, 'match', propensity,
               'voucher/0', true, clock_timestamp() - interval '200 days'
        from row
      ), given as (
        insert into vouchers (
          merchant_id, id, campaign_id, template_id, claim_id, holder_id, code, value_minor, issued_at, expires_at
        )
        select ${merchantId}, 'vch_' || id, ${campaignId}, chosen, 'clm_' || id, 'telegram:' || id,
               'CODE' || id, 1, clock_timestamp() - interval '31 days', clock_timestamp() - interval '1 day'
        from row where ${point} = 'voucher'
      )
      insert into outcomes (
        merchant_id, point, subject_id, stage, answer, value_minor, lift_yes, lift_minor
      )
      select ${merchantId}, ${point}, ${prefix} || id, 'redeemed', answer, value_minor,
             case when value_minor is null then lift else 0 end, case when value_minor is not null then lift end
      from row`,
  )
}

/** What the policy truly brings over the preset, for each decision. */
export function trueLift({ wanted, redeemed, worth = [1, 1, 1] }: Situation): number {
  const each = wanted.map((first, group) => {
    const [a = 0, b = 0, preset = 0] = (redeemed[group] ?? []).map((rate, k) => rate * worth[k]!)
    return first * a + (1 - first) * b - preset
  })
  return (each[0]! + each[1]!) / 2
}

function settledRows(situation: Situation) {
  const { seed, count, templateIds, presetId, wanted, redeemed, worth, control = 0.1 } = situation
  const draw = uniforms(seed)
  const ids = [...templateIds, presetId]
  return Array.from({ length: count }, (_, i) => {
    const group = i % 2
    const x = PERSON_FEATURES.map((_feature, f) => (f === 0 ? 1 : f === OFTEN ? 1 - group : 0))
    const policy = [wanted[group]!, 1 - wanted[group]!, 0]
    const isControl = draw() < control
    const chosen = isControl ? 2 : draw() < policy[0]! ? 0 : 1
    const answer = Number(draw() < redeemed[group]![chosen]!)
    const logged: Logged = {
      x,
      control,
      isControl,
      lambda: 0,
      preset: presetId,
      arms: ids.map((id, k) => ({ id, p: policy[k]!, e: 0.3, w: worth?.[k] ?? 1, z: [] })),
    }
    const valueMinor = worth ? answer * worth[chosen]! : null
    const settled = settledOf(logged, ids[chosen]!, { answer, valueMinor })
    return {
      id: `${seed}x${String(i).padStart(15, '0')}`,
      logged,
      chosen: ids[chosen],
      propensity: (1 - control) * policy[chosen]! + (chosen === 2 ? control : 0),
      answer,
      value_minor: valueMinor,
      lift: settled ? liftOf(settled) : 0,
    }
  })
}

export type DecidedPlace = AsyncDisposable & { app: AppContext; shop: Shop; situation: Situation }

const GOOD = {
  wanted: [0.8, 0.3],
  redeemed: [
    [0.6, 0.3, 0.3],
    [0.2, 0.5, 0.3],
  ],
} as const

/** A shop whose model has decided for 1,000 people, whose vouchers are all over. */
export async function decidedPlace(more: Partial<Situation> = {}): Promise<DecidedPlace> {
  const app = await testApp()
  const shop = await addShop(app)
  for (const [role, id] of [
    ['owner', 11],
    ['manager', 12],
    ['analyst', 13],
  ] as const) {
    await addRole(app, shop, role, id, 11)
  }
  await app.db.run(
    ({ sql }) => sql`insert into people (id, reachable) select person_id, true from staff`,
  )
  const { campaignId, templateIds, fallbackId } = await addCampaign(app, shop, {
    templates: [{ name: '£5 off' }, { name: 'Coffee' }],
  })
  const [first = '', second = ''] = templateIds
  const situation: Situation = {
    ...GOOD,
    merchantId: shop.merchantId,
    campaignId,
    templateIds: [first, second],
    presetId: fallbackId,
    count: 1000,
    seed: 5,
    ...more,
  }
  await addSettled(app, situation)
  return { app, shop, situation, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() }
}
