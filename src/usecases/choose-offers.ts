import type { AppContext } from '../context.ts'
import type { Logged, Reason } from '../matching/decide.ts'
import { type KnownPerson, peopleOf } from '../store/claims.ts'
import type { CurrentModel } from '../store/models.ts'
import type { StoredOffer } from '../store/offers.ts'
import type { StoredOrder } from '../store/orders.ts'
import { noteOffersShown } from '../store/usage.ts'
import { type ArmTerms, askModel, modelName } from './ask-model.ts'
import { modelOf } from './current-model.ts'
import { clockOf } from './order-facts.ts'

/** No more than this are shown for one order. */
const MOST_OFFERS = 3
/** No more than this are chosen from. */
const MOST_CHOICES = 60
const DAY_MS = 24 * 3600_000

/** Offers in the order in which they are shown, and why the first comes first. */
type Ranking = {
  offers: readonly StoredOffer[]
  by: 'match' | 'fallback'
  propensity: number
  reasons: readonly Reason[]
  candidates: Logged | []
  model: string
}

/**
 * Which of the offers that are for an order its holder is shown, and in which order: the model chooses the
 * first, the others follow as likely as they are. Whoever is not to be matched sees them in the order in
 * which they were made. Of somebody who has just been erased nothing is shown.
 *
 * @patent 2 3
 */
export async function chooseOffers(
  app: AppContext,
  order: StoredOrder,
  personId: string,
  fitting: readonly StoredOffer[],
): Promise<readonly StoredOffer[]> {
  const [[person], model] = await Promise.all([
    peopleOf(app.db, order.merchantId, [personId]),
    modelOf(app, order.merchantId, 'offer'),
  ])
  if (!person) return []
  const offers = fitting.slice(0, MOST_CHOICES)
  const ranking = person.isPersonal
    ? (ranked(app, order, person, offers, model) ?? asMade(offers, 'fault'))
    : asMade(offers, 'not_personal')
  const shown = ranking.offers.slice(0, MOST_OFFERS)
  await noteShown(app, order, personId, { ...ranking, offers: shown })
  return shown
}

function asMade(offers: readonly StoredOffer[], why: string): Ranking {
  return { offers, by: 'fallback', propensity: 1, reasons: [{ why }], candidates: [], model: '' }
}

/** As the model ranks them; nothing when its numbers are not sound. The preset is what was made first. */
function ranked(
  app: AppContext,
  order: StoredOrder,
  person: KnownPerson,
  offers: readonly StoredOffer[],
  model: CurrentModel,
): Ranking | undefined {
  const at = app.now()
  const { weekday, minute } = clockOf(at, order.zone)
  const verdict = askModel(app, model, {
    merchantId: order.merchantId,
    personId: person.personId,
    person,
    moment: {
      at,
      hour: Math.floor(minute / 60),
      weekday,
      isOwnShare: true,
      isInChat: false,
      orderMinor: order.totalMinor - order.cancelledMinor,
    },
    arms: offers.map((offer) => armOf(offer, at)),
    choices: offers.length,
    preset: 0,
    lambda: 0,
  })
  if (!verdict) return undefined
  const { by, propensity, reasons, logged, chosenId } = verdict
  const first = offers.filter(({ offerId }) => offerId === chosenId)
  const expected = new Map(logged.arms.map(({ id, e }) => [id, e]))
  const others = offers
    .filter(({ offerId }) => offerId !== chosenId)
    .sort((a, b) => (expected.get(b.offerId) ?? 0) - (expected.get(a.offerId) ?? 0))
  return {
    offers: [...first, ...(by === 'model' ? others : offers.slice(1))],
    by: by === 'model' ? 'match' : 'fallback',
    propensity,
    reasons: by === 'model' ? reasons : [{ why: by }],
    candidates: logged,
    model: modelName(model),
  }
}

/** An offer's worth is what one friend gets in the middle. */
function armOf(
  { offerId, traits, mode, fromMinor, toMinor, endsAt }: StoredOffer,
  at: Date,
): ArmTerms {
  return {
    id: offerId,
    traits,
    kind: mode === 'random' ? 'drawn' : 'amount_off',
    valueMinor: Math.round((fromMinor + toMinor) / 2),
    minSpendMinor: 0,
    validDays: Math.max(0, (endsAt.getTime() - at.getTime()) / DAY_MS),
    least: 0,
    most: 1,
  }
}

async function noteShown(
  app: AppContext,
  { merchantId, orderId }: StoredOrder,
  personId: string,
  { offers, by, propensity, reasons, candidates, model }: Ranking,
): Promise<void> {
  const [first] = offers
  if (!first) return
  const { offerId, campaignId } = first
  await noteOffersShown(app.db, merchantId, {
    orderId,
    personId,
    candidates,
    chosen: { offerId, campaignId, by, propensity, reasons },
    shown: offers.map((offer) => ({ offerId: offer.offerId, campaignId: offer.campaignId })),
    model,
  })
}
