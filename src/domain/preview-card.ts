import { ALWAYS, type Hours, type Period } from './campaign-terms.ts'
import type { CampaignView, VoucherKind } from './views.ts'

/** What people will see of a campaign, as facts; each client has its own words for them. */
export type PreviewCard = { title: string; body: string; lines: CardLine[] }

export type CardLine =
  | { kind: 'each'; slots: number; toMinor: number }
  | {
      kind: 'voucher'
      name: string
      voucherKind: VoucherKind
      percentBp?: number
      valueMinor: number
      minSpendMinor: number
      quantity: number
      isFallback: boolean
      isReward: boolean
      storeName?: string
      /** When it can be spent, unless that is always. */
      use?: Hours
    }
  | { kind: 'until'; endsAt: Date }
  | { kind: 'valid'; days: number }
  | { kind: 'open'; weekdays: number; fromMinute: number; toMinute: number }
  | { kind: 'stores'; names: string[] }
  | { kind: 'limit'; count: number; period: Period }
  | { kind: 'reward'; after: number; for: 'claims' | 'redemptions' }

/** The card of a campaign's offer: what each friend can get at most, and what it is tied to. */
export function previewCard(
  campaign: CampaignView,
  storeNames: ReadonlyMap<string, string>,
): PreviewCard {
  const { offers, name, templates } = campaign
  const [offer] = offers
  return {
    title: offer?.title ?? name,
    body: offer?.body ?? '',
    lines: [
      { kind: 'each', slots: campaign.slotsPerShare, toMinor: mostForEach(campaign) },
      ...templates.map((template) => voucherLine(campaign, template)),
      { kind: 'until', endsAt: campaign.endsAt },
      { kind: 'valid', days: campaign.validDays },
      ...termLines(campaign, storeNames),
    ],
  }
}

/** In minor units; of a random campaign the most of the draw. */
function mostForEach({ mode, drawMaxMinor, templates }: CampaignView): number {
  if (mode === 'random') return drawMaxMinor ?? 0
  const ordinary = templates.filter(({ isFallback, isReward }) => !isFallback && !isReward)
  return Math.max(0, ...ordinary.map(({ valueMinor }) => valueMinor))
}

/** A drawn voucher is worth what is drawn, which is at most the most of the draw. */
function voucherLine(
  { mode, drawMaxMinor }: CampaignView,
  template: CampaignView['templates'][number],
): CardLine {
  const { name, kind, percentBp, minSpendMinor, quantity, isFallback, isReward, storeName } =
    template
  const isDrawn = mode === 'random' && !isFallback && !isReward
  const use = {
    weekdays: template.useWeekdays,
    fromMinute: template.useFromMinute,
    toMinute: template.useToMinute,
  }
  return {
    kind: 'voucher',
    name,
    voucherKind: kind,
    ...(percentBp !== undefined && { percentBp }),
    valueMinor: isDrawn ? (drawMaxMinor ?? 0) : template.valueMinor,
    minSpendMinor,
    quantity,
    isFallback,
    isReward,
    ...(storeName !== undefined && { storeName }),
    ...(!isAlways(use) && { use }),
  }
}

function isAlways({ weekdays, fromMinute, toMinute }: Hours): boolean {
  const isWholeDay = fromMinute === ALWAYS.fromMinute && toMinute === ALWAYS.toMinute
  return isWholeDay && weekdays === ALWAYS.weekdays
}

function termLines(campaign: CampaignView, storeNames: ReadonlyMap<string, string>): CardLine[] {
  const { openWeekdays, openFromMinute, openToMinute, storeIds, personLimit, rewardAfter } =
    campaign
  const lines: CardLine[] = []
  const open = { weekdays: openWeekdays, fromMinute: openFromMinute, toMinute: openToMinute }
  if (!isAlways(open)) lines.push({ kind: 'open', ...open })
  if (storeIds.length > 0) {
    lines.push({ kind: 'stores', names: storeIds.map((id) => storeNames.get(id) ?? id) })
  }
  if (personLimit !== null && campaign.personPeriod) {
    lines.push({ kind: 'limit', count: personLimit, period: campaign.personPeriod })
  }
  if (rewardAfter !== null && campaign.rewardFor) {
    lines.push({ kind: 'reward', after: rewardAfter, for: campaign.rewardFor })
  }
  return lines
}
