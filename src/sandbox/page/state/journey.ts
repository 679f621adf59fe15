/** The four steps that show everything once. */
export const STEPS = [
  {
    title: 'Open the receipt',
    place: 'receipt',
    hint: 'Press Open in Telegram on the receipt: the bot shows the order to the shopper.',
  },
  {
    title: 'Share',
    place: 'shopper',
    hint: 'Press the share button under the order, pick the group, and send the card.',
  },
  {
    title: 'Tap in the group',
    place: 'group',
    hint: 'Tap a button of the card as any member, or let everybody tap at once.',
  },
  {
    title: 'Redeem',
    place: 'merchant',
    hint: 'Type /redeem in the merchant’s chat and choose one of the vouchers.',
  },
] as const

/** The last step's hint while the bot may not write to the merchant. */
export const START_FIRST =
  'Press Start in the merchant’s chat, then type /redeem and choose one of the vouchers.'

export const ALL_DONE =
  'That is the whole round. Switch phones, share again, or try to claim twice.'

export type Place = (typeof STEPS)[number]['place']

export interface Deeds {
  opened: boolean
  shared: boolean
  tapped: boolean
  redeemed: boolean
}

/** The first step that is still to do, counted from 0; 4 when all are done. A later deed does the earlier ones. */
export function stepOf(deeds: Deeds): number {
  if (deeds.redeemed) return 4
  if (deeds.tapped) return 3
  if (deeds.shared) return 2
  return deeds.opened ? 1 : 0
}
