import type { AppContext } from '../context.ts'
import { wayToVoucher } from '../domain/choose-voucher.ts'
import { newCode, newId } from '../ids.ts'
import type { Moment } from '../matching/features.ts'
import type { Ask, CampaignFacts, KnownPerson, Preset, TemplateFacts } from '../store/claims.ts'
import type { CurrentModel } from '../store/models.ts'
import { type ArmTerms, askModel, modelName } from './ask-model.ts'
import type { OpeningFacts } from './claim-facts.ts'
import { clockOf } from './order-facts.ts'

/** Who opens which share, and from where. */
export type Claiming = { merchantId: string; shareId: string; personId: string; isInChat: boolean }

type Decided = Pick<Ask, 'chosen' | 'decision'>

/**
 * Chooses for one opener among what was left when it was read, and notes why; the claim checks again.
 *
 * @patent 7 8 9
 */
export function decideClaim(app: AppContext, claiming: Claiming, facts: OpeningFacts): Ask {
  const claimId = newId('clm')
  return {
    claimId,
    shareId: claiming.shareId,
    personId: claiming.personId,
    ...choose(app, claiming, facts),
    voucherId: claimId.replace('clm_', 'vch_'),
    code: newCode(),
  }
}

function choose(
  app: AppContext,
  claiming: Claiming,
  { campaign, person, sharerId, model }: OpeningFacts,
): Decided {
  const left = campaign.templates.filter((template) => !template.isFallback && template.left > 0)
  const preset = campaign.templates.find((template) => template.isFallback && template.left > 0)
  const way = wayToVoucher({
    isKnown: person !== undefined,
    isPersonal: person?.isPersonal ?? false,
    mode: campaign.mode,
    left: left.length,
    hasPreset: preset !== undefined,
  })
  const verdict =
    way.by === 'match' && person
      ? matched(app, claiming, campaign, {
          person,
          moment: momentOf(app, claiming, campaign, sharerId),
          model,
          left,
          preset,
        })
      : undefined
  if (verdict) return verdict
  const { by, reason } =
    way.by === 'match' ? ({ by: preset ? 'preset' : 'draw', reason: 'fault' } as const) : way
  return by === 'draw' ? drawn(app, left, reason) : presetBecause(reason)
}

function momentOf(
  app: AppContext,
  { personId, isInChat }: Claiming,
  { zone }: CampaignFacts,
  sharerId: string,
): Moment {
  const at = app.now()
  const { weekday, minute } = clockOf(at, zone)
  return {
    at,
    hour: Math.floor(minute / 60),
    weekday,
    isOwnShare: personId === sharerId,
    isInChat,
  }
}

type ToMatch = {
  person: KnownPerson
  moment: Moment
  model: CurrentModel
  left: readonly TemplateFacts[]
  preset: TemplateFacts | undefined
}

function matched(
  app: AppContext,
  { merchantId, personId }: Claiming,
  campaign: CampaignFacts,
  { person, moment, model, left, preset }: ToMatch,
): Decided | undefined {
  const templates = preset ? [...left, preset] : left
  const verdict = askModel(app, model, {
    merchantId,
    personId,
    person,
    moment,
    arms: templates.map((template) => armOf(template, campaign)),
    choices: left.length,
    ...(preset && { preset: left.length }),
    lambda: campaign.lambda,
  })
  if (!verdict) return undefined
  const { chosenId, by, propensity, reasons, logged } = verdict
  return {
    chosen: by === 'model' ? { templateId: chosenId } : { preset: by },
    decision: {
      candidates: logged,
      chosenBy: by === 'model' ? 'match' : 'fallback',
      propensity,
      reasons: by === 'model' ? reasons : [{ why: by }],
      model: modelName(model),
    },
  }
}

function armOf(template: TemplateFacts, { validDays }: CampaignFacts): ArmTerms {
  const { id, traits, kind, valueMinor, minSpendMinor, percentBp, leastBp, mostBp } = template
  return {
    id,
    traits,
    kind,
    valueMinor,
    minSpendMinor,
    ...(percentBp !== undefined && { percentBp }),
    validDays,
    least: leastBp / 10_000,
    most: mostBp / 10_000,
  }
}

function presetBecause(reason: Preset): Decided {
  return {
    chosen: { preset: reason },
    decision: {
      candidates: [],
      chosenBy: 'fallback',
      propensity: 1,
      reasons: [{ why: reason }],
      model: '',
    },
  }
}

/** Each is as likely as any other. */
function drawn(app: AppContext, left: readonly TemplateFacts[], why: string): Decided {
  const templateId = left[Math.floor(app.draw() * left.length)]?.id
  if (templateId === undefined) return presetBecause('none_left')
  const probability = 1 / left.length
  return {
    chosen: { templateId },
    decision: {
      candidates: left.map(({ id }) => ({ id, probability })),
      chosenBy: 'draw',
      propensity: probability,
      reasons: [{ why }],
      model: '',
    },
  }
}
