import type { Offer } from '../api/answers.ts'
import { useWords } from '../state/use-app.ts'
import { worthOfOffer } from '../words/voucher-words.ts'

type OfferCardsProps = {
  offers: Offer[]
  chosenId: string | undefined
  onChoose: (offerId: string) => void
}

/** What can be shared from an order: what friends get, how many of them, and until when. */
export function OfferCards({ offers, chosenId, onChoose }: OfferCardsProps) {
  const { order: t } = useWords().texts
  const only = offers.length === 1 ? offers[0] : undefined
  return (
    <section class="offers">
      <h2 class="section-title">{t.offers}</h2>
      {only ? (
        <div class="offer">
          <OfferText offer={only} />
        </div>
      ) : (
        <fieldset class="choices">
          <legend class="unseen">{t.pick}</legend>
          {offers.map((offer) => (
            <label key={offer.offerId} class="offer offer--choice">
              <OfferText offer={offer} />
              <input
                type="radio"
                name="offer"
                checked={offer.offerId === chosenId}
                onChange={() => onChoose(offer.offerId)}
              />
            </label>
          ))}
        </fieldset>
      )}
    </section>
  )
}

function OfferText({ offer }: { offer: Offer }) {
  const words = useWords()
  const { order: t } = words.texts
  return (
    <span class="offer__text">
      <strong class="offer__title">{offer.title}</strong>
      {offer.body && <span class="offer__body">{offer.body}</span>}
      <span class="offer__worth">{t.forFriends(worthOfOffer(offer, words), offer.slots)}</span>
      <small>
        {offer.mode === 'random' ? t.random : t.matched} · {t.until(words.moment(offer.endsAt))}
      </small>
    </span>
  )
}
