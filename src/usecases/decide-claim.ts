import type { AppContext } from '../context.ts'
import { chooseVoucher } from '../domain/choose-voucher.ts'
import { newCode, newId } from '../ids.ts'
import { MODEL, match } from '../matching/match.ts'
import type {
  Ask,
  CampaignFacts,
  KnownPerson,
  StoredDecision,
  TemplateFacts,
} from '../store/claims.ts'
import type { Opening } from './claim-facts.ts'

/**
 * Chooses for one opener among what was left when it was read, and notes why; the claim checks again.
 *
 * @patent 7 8 9
 */
export function decideClaim(
  app: AppContext,
  { shareId, personId }: Opening,
  campaign: CampaignFacts,
  person: KnownPerson | undefined,
): Ask {
  const candidates = person ? match(person, armsOf(campaign)) : []
  const choice = chooseVoucher(person !== undefined, candidates, app.draw())
  const decision: StoredDecision = {
    candidates: candidates.map(({ id, score, probability }) => ({ id, score, probability })),
    chosenBy: choice.by,
    propensity: choice.by === 'fallback' ? 1 : choice.propensity,
    reasons: choice.by === 'fallback' ? [{ why: choice.reason }] : choice.reasons,
    model: MODEL,
  }
  const claimId = newId('clm')
  return {
    claimId,
    shareId,
    personId,
    chosen:
      choice.by === 'fallback' ? { preset: choice.reason } : { templateId: choice.templateId },
    decision,
    voucherId: claimId.replace('clm_', 'vch_'),
    code: newCode(),
  }
}

/** What is left to choose from. Where amounts are random, chance decides and not what is known of a person. */
function armsOf({ mode, templates }: CampaignFacts): Pick<TemplateFacts, 'id' | 'traits'>[] {
  const offered = templates.filter(({ isFallback, left }) => !isFallback && left > 0)
  return mode === 'random' ? offered.map(({ id }) => ({ id, traits: {} })) : offered
}
