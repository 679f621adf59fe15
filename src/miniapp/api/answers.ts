import type {
  ClaimAnswer,
  OfferView,
  OrderView,
  RoleAtMerchant,
  ShareLinks,
  ShareView,
  VoucherView,
} from '../../domain/views.ts'
import type { WhyView } from '../../domain/why.ts'

/** The same thing after a journey through JSON, where an instant is an ISO string. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T]: Wire<T[Key]> }
      : T

export type Order = Wire<OrderView>
export type OrderLine = Order['lines'][number]
export type Offer = Wire<OfferView>
export type Voucher = Wire<VoucherView>
export type Why = WhyView
export type Claimed = Wire<ClaimAnswer>
export type Share = Wire<ShareView> & { links: ShareLinks }

/** An order and what fits it; no offers when nothing does. @patent 2 */
export type QueriedOrder = { order: Order; offers: Offer[] }

/** Where this person works. */
export type Shop = Omit<RoleAtMerchant, 'label'>

export type Session = {
  session: string
  customer: { personId: string; language: string }
  roles: Shop[]
  startParam?: string
}
