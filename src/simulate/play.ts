import type { AppContext } from '../context.ts'
import type { OfferView, VoucherView } from '../domain/views.ts'
import { claimShare } from '../usecases/claim-share.ts'
import { ingestOrders } from '../usecases/ingest-orders.ts'
import { queryOrder } from '../usecases/query-order.ts'
import { redeemVoucher } from '../usecases/redeem-voucher.ts'
import { shareOffer } from '../usecases/share-offer.ts'
import { touchPerson } from '../usecases/touch-person.ts'
import { fillBasket } from './basket.ts'
import { totalOf } from './catalogue.ts'
import { chanceOf, countOf, placeOf } from './chance.ts'
import type { Deeds } from './deeds.ts'
import type { Diary, Opening } from './diary.ts'
import { friendsOf, type Player } from './people.ts'
import { discountOn, type Gift, orderWith, wantOf } from './taste.ts'

/** A shop to play in: its offers, with the vouchers that stand behind each. */
export type PlayedShop = {
  merchantId: string
  storeSourceId: string
  /** IANA name: whose hours they keep. */
  zone: string
  currency: string
  campaigns: readonly PlayedCampaign[]
}

export type PlayedCampaign = {
  campaignId: string
  offerId: string
  gifts: readonly Gift[]
  preset: Gift
  /** How long a voucher can be spent. */
  validDays: number
}

/** Everything that people do in a play hangs on this. */
export type Play = {
  seed: number
  players: readonly Player[]
  shop: PlayedShop
  ordersPerDay: number
  /** The moment that an hour of the play is, by the calendar. */
  momentOf: (hour: number) => Date
  deeds: Deeds
  diary: Diary
  /** Who has been here. */
  seen: Set<string>
}

/** How many buy in an hour of a day, beside other hours; the shop is open from 10 to 20. */
const HOURS = [2, 3, 4, 4, 3, 3, 4, 5, 4, 2]
const OPENS_AT = 10
const WEEKEND = 1.4
const WEEKDAY = 0.84

/** What people are going to buy on a day. What follows from it is planned as it happens. */
export function planOrders(play: Play, day: number): void {
  const chance = chanceOf(play.seed, 'orders', day)
  const busy = day % 7 >= 5 ? WEEKEND : WEEKDAY
  const count = countOf(chance, play.ordersPerDay * busy)
  const paces = play.players.map(({ pace }) => pace)
  for (let i = 0; i < count; i++) {
    const hour = OPENS_AT + placeOf(HOURS, chance()) + chance()
    const place = placeOf(paces, chance())
    const number = `S-${day + 1}-${i + 1}`
    play.deeds.plan(24 * day + hour, (app) => buy(app, play, place, number))
  }
}

/** Somebody buys, opens the receipt, and shares what is offered there if they like. */
async function buy(app: AppContext, play: Play, place: number, number: string): Promise<void> {
  const { seed, shop, diary } = play
  const player = playerAt(play, place)
  const chance = chanceOf(seed, 'buys', number)
  const lines = fillBasket(player, chance)
  const [order] = await ingestOrders(app, {
    merchantId: shop.merchantId,
    storeSourceId: shop.storeSourceId,
    items: [
      {
        kind: 'order',
        sourceId: number,
        placedAt: app.now(),
        currency: shop.currency,
        totalMinor: totalOf(lines),
        lines,
      },
    ],
  })
  diary.orders++
  if (order?.kind !== 'order' || chance() > READS_RECEIPT) return
  await beSeen(app, play, player)
  const answer = await queryOrder(app, {
    personId: player.personId,
    by: { kind: 'token', token: order.queryToken },
  })
  if (answer.outcome !== 'shown') return
  const offer = offerLiked(answer.offers, player, chance)
  if (offer) await share(app, play, place, { orderId: order.orderId, number, offer })
}

const READS_RECEIPT = 0.9

/** The bot notes who writes to it for the first time. */
async function beSeen(app: AppContext, { seen }: Play, player: Player): Promise<void> {
  if (seen.has(player.personId)) return
  seen.add(player.personId)
  await touchPerson(app, player)
}

/** The offer that somebody shares: the first that they see, or seldom one below it. */
function offerLiked(
  offers: readonly OfferView[],
  { shares }: Player,
  chance: () => number,
): OfferView | undefined {
  return offers.find((_, i) => chance() < shares / 3 ** i)
}

/** Somebody shares an offer into their chat: those of the chat who care open it in the hours after. */
async function share(
  app: AppContext,
  play: Play,
  place: number,
  { orderId, number, offer }: { orderId: string; number: string; offer: OfferView },
): Promise<void> {
  const { seed, players, shop, deeds, diary } = play
  const campaign = shop.campaigns.find(({ offerId }) => offerId === offer.offerId)
  const shared = await shareOffer(app, {
    personId: playerAt(play, place).personId,
    order: { merchantId: shop.merchantId, orderId },
    offerId: offer.offerId,
  })
  if (shared.outcome !== 'shared' || !campaign) return
  diary.shares++
  const now = hourOf(play, app)
  const { reference } = shared.share
  for (const friend of friendsOf(place, players.length)) {
    const chance = chanceOf(seed, 'opens', number, friend)
    if (chance() > playerAt(play, friend).opens) continue
    deeds.plan(now + 0.1 - 5 * Math.log(1 - chance()), (later) =>
      open(later, play, friend, { number, reference, campaign }),
    )
  }
}

type Link = { number: string; reference: string; campaign: PlayedCampaign }

/** Somebody opens a share, and comes to spend what they got if they want it. */
async function open(app: AppContext, play: Play, place: number, link: Link): Promise<void> {
  const player = playerAt(play, place)
  const { gifts, preset } = link.campaign
  await beSeen(app, play, player)
  const { result, reason, voucher } = await claimShare(app, {
    personId: player.personId,
    by: { kind: 'reference', reference: link.reference },
  })
  if (result === 'repeated') return
  const day = Math.floor(hourOf(play, app) / 24)
  const opening: Opening = {
    day,
    lastDay: day + link.campaign.validDays,
    player: place,
    gifts,
    preset,
    given: [...gifts, preset].find(({ name }) => name === voucher?.name),
    why: result === 'allocated' ? 'matched' : (reason ?? result),
  }
  play.diary.openings.push(opening)
  if (voucher) planToSpend(app, play, opening, { link, voucher })
}

/** Whether and when somebody spends a voucher is settled as they get it, since it follows from the seed. */
function planToSpend(
  app: AppContext,
  play: Play,
  opening: Opening,
  { link, voucher }: { link: Link; voucher: VoucherView },
): void {
  const { seed, deeds } = play
  const { given, player: place } = opening
  const player = playerAt(play, place)
  const chance = chanceOf(seed, 'spends', link.number, place)
  if (!given || chance() > wantOf(seed, player, given)) return
  const orderMinor = orderWith(player, given, chance())
  const days = Math.min(-SPENDS_AFTER * Math.log(1 - chance()), link.campaign.validDays - 1)
  deeds.plan(hourOf(play, app) + 24 * days, async (later) => {
    const { merchantId, storeSourceId } = play.shop
    const { outcome } = await redeemVoucher(later, {
      merchantId,
      code: voucher.code,
      orderMinor,
      storeId: storeSourceId,
      requestId: `simulated-${voucher.voucherId}`,
      by: 'api',
    })
    if (outcome !== 'redeemed') return
    const day = Math.floor(hourOf(play, later) / 24)
    opening.spent = { day, orderMinor, discountMinor: discountOn(given, orderMinor) }
  })
}

/** In days, on average. */
const SPENDS_AFTER = 2

function playerAt({ players }: Play, place: number): Player {
  const player = players[place]
  if (!player) throw new RangeError(`there is no player ${place}`)
  return player
}

function hourOf({ momentOf }: Play, app: AppContext): number {
  return (app.now().getTime() - momentOf(0).getTime()) / 3_600_000
}
