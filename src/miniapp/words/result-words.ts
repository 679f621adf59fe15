import type { Claimed } from '../api/answers.ts'
import { isUsable } from '../state/sort-vouchers.ts'
import type { Texts } from '../texts/texts.ts'

/** How an answer is told. `mood` gives the picture and what the phone does in the hand. */
export type Told = { mood: 'joy' | 'calm' | 'sorry'; title: string; text: string }

/** What somebody is told who opened a share. @patent 9 10 */
export function tellResult(claimed: Claimed, texts: Texts, now: number): Told {
  const { result: t } = texts
  const { merchantName, reason, voucher } = claimed
  switch (claimed.result) {
    case 'allocated':
      return { mood: 'joy', title: t.allocated(merchantName), text: t.allocatedText }
    case 'fallback':
      return { mood: 'joy', title: t.fallback(merchantName), text: fallbackText(reason, texts) }
    case 'repeated': {
      const text = voucher && !isUsable(voucher, now) ? t.repeatedOver : t.repeatedText
      return { mood: 'calm', title: t.repeated, text }
    }
    case 'exhausted':
      return { mood: 'sorry', title: t.exhausted, text: t.exhaustedText }
    case 'expired': {
      const text = reason === 'campaign_ended' ? t.campaignEnded : t.expiredText
      return { mood: 'sorry', title: t.expired, text }
    }
    case 'revoked': {
      const text = reason === 'campaign_stopped' ? t.campaignStopped : t.revokedText
      return { mood: 'sorry', title: t.revoked, text }
    }
    case 'ineligible':
      return tellIneligible(reason, texts)
  }
}

function fallbackText(reason: string | undefined, { result: t }: Texts): string {
  if (reason === 'stranger') return t.fallbackStranger
  if (reason === 'not_personal') return t.fallbackNotPersonal
  return reason?.endsWith('used_up') ? t.fallbackGone : t.fallbackText
}

function tellIneligible(reason: string | undefined, { result: t }: Texts): Told {
  switch (reason) {
    case 'sharer_self':
      return { mood: 'calm', title: t.sharerSelf, text: t.sharerSelfText }
    case 'not_started':
      return { mood: 'calm', title: t.notStarted, text: t.notStartedText }
    case 'campaign_paused':
      return { mood: 'calm', title: t.paused, text: t.pausedText }
    case 'outside_hours':
      return { mood: 'calm', title: t.outsideHours, text: t.outsideHoursText }
    case 'limit_period':
      return { mood: 'calm', title: t.limitPeriod, text: t.limitPeriodText }
    case 'unknown_share':
      return { mood: 'sorry', title: t.unknownShare, text: t.unknownShareText }
    default:
      return { mood: 'sorry', title: t.ineligible, text: t.ineligibleText }
  }
}
