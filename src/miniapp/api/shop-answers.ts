import type { Numbers } from '../../domain/counts.ts'
import type { ExportFormat, ExportKind } from '../../domain/export-files.ts'
import type { Liability } from '../../domain/liability.ts'
import type { CardLine, PreviewCard } from '../../domain/preview-card.ts'
import type { SpendingRefusal } from '../../domain/spending.ts'
import type {
  CampaignView,
  ChangeView,
  MatchingReport,
  MatchingView,
  RedemptionView,
  Store as StoreView,
  TemplateView,
  UsedView,
} from '../../domain/views.ts'
import type { Voucher, Wire } from './answers.ts'

export type Store = Wire<StoreView>
export type Redemption = Wire<RedemptionView>
export type Campaign = Wire<CampaignView>
export type Kind = Wire<TemplateView>
export type Change = Wire<ChangeView>
export type Matching = Wire<MatchingView>
export type Report = Wire<MatchingReport>
export type PreviewLine = Wire<CardLine>

/** What a campaign would look like and could cost at worst, before it starts. */
export type Preview = { campaign: Campaign; card: Wire<PreviewCard>; liability: Liability }

/** Whether a voucher would be taken now; `used` is its last redemption. */
export type Validation = {
  outcome: 'valid' | SpendingRefusal
  voucher?: Voucher
  /** What would be spent, or taken off an order of the amount that was asked for. */
  amountMinor?: number
  /** What would be left and lost, since only a gift balance keeps a rest. */
  unusedMinor?: number
  used?: Wire<UsedView>
}

/** What is counted of a store or a sharer, as far as it is shown. */
type Tally = Pick<Numbers, 'claimed' | 'redeemed' | 'discountMinor'>

export type Dashboard = {
  currency: string
  from: string
  to: string
  totals: Numbers
  days: (Numbers & { day: string })[]
  byCampaign: (Numbers & { campaignId: string; name: string })[]
  byStore: (Tally & { storeId?: string; name?: string })[]
  /** Nobody's name is known: the place, and the order that was shared last. */
  bySharer: (Tally & { sharer: number; orderNumber: string })[]
}

export type ExportOrder = { kind: ExportKind; format: ExportFormat; campaignId?: string }
export type ExportState = { status: string; rows: number }
