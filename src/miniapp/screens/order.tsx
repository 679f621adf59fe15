import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'

import type { Offer, Order, OrderLine } from '../api/answers.ts'
import { asProblem } from '../api/problem.ts'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { OfferCards } from '../parts/offer-cards.tsx'
import { WhyThis } from '../parts/why.tsx'
import { createLoading } from '../state/loading.ts'
import { useApp, useMainButton, useWords } from '../state/use-app.ts'
import { tellProblem } from '../words/problem-words.ts'
import { useSend } from './use-send.ts'

/** An order and what fits it. When nothing fits, nothing is said about it. @patent 2 */
export function OrderScreen({ order, offers }: { order: Order; offers: Offer[] | undefined }) {
  const { texts, moment } = useWords()
  const isOver = order.status === 'cancelled'
  return (
    <>
      <Head title={order.merchantName} text={`${order.storeName} · ${moment(order.placedAt)}`} />
      <section class="card">
        <h2 class="card__title">{texts.order.title(order.sourceId)}</h2>
        <Lines order={order} />
        {order.storeAddress && <p class="card__foot">{order.storeAddress}</p>}
      </section>
      {!isOver &&
        (offers ? <Offers order={order} offers={offers} /> : <FetchedOffers order={order} />)}
    </>
  )
}

function Lines({ order }: { order: Order }) {
  const { texts, money } = useWords()
  const { currency, totalMinor, cancelledMinor, status } = order
  return (
    <table class="lines">
      <caption class="unseen">{texts.order.lines}</caption>
      <tbody>
        {order.lines.map((line, index) => (
          <Line key={index} line={line} currency={currency} />
        ))}
      </tbody>
      <tfoot>
        <tr class="lines__total">
          <th scope="row">{texts.order.total}</th>
          <td class={status === 'cancelled' ? 'struck' : ''}>{money(totalMinor, currency)}</td>
        </tr>
        {cancelledMinor > 0 && (
          <tr>
            <th scope="row">{texts.order.refunded}</th>
            <td>{money(-cancelledMinor, currency)}</td>
          </tr>
        )}
      </tfoot>
    </table>
  )
}

function Line({ line, currency }: { line: OrderLine; currency: string }) {
  const { texts, money } = useWords()
  return (
    <tr>
      <th scope="row">
        {line.quantity > 1 && (
          <span class="lines__count">{texts.order.quantity(line.quantity)} </span>
        )}
        {line.title || line.sku}
      </th>
      <td>{money(line.amountMinor, currency)}</td>
    </tr>
  )
}

/** The offers of an order from the list, which comes without them. */
function FetchedOffers({ order }: { order: Order }) {
  const { api } = useApp()
  const { reference } = order
  const queried = useMemo(
    () => createLoading(() => api.queryOrder({ reference })),
    [api, reference],
  )
  useEffect(() => void queried.refresh(), [queried])
  return (
    <Loaded from={queried} shape="list">
      {({ offers }) => <Offers order={order} offers={offers} />}
    </Loaded>
  )
}

/** The first offer is the best fit, so it is chosen until another one is. */
function Offers({ order, offers }: { order: Order; offers: Offer[] }) {
  const { api } = useApp()
  const { texts } = useWords()
  const chosenId = useSignal(offers[0]?.offerId)
  const isBusy = useSignal(false)
  const share = useShareOffer(order)
  const onPress = async () => {
    if (!chosenId.value) return
    isBusy.value = true
    await share(chosenId.value)
    isBusy.value = false
  }
  useMainButton(
    offers.length > 0
      ? { text: texts.order.share, isBusy: isBusy.value, onPress: () => void onPress() }
      : undefined,
  )
  if (offers.length === 0) return null
  return (
    <>
      <OfferCards
        offers={offers}
        chosenId={chosenId.value}
        onChoose={(id) => (chosenId.value = id)}
      />
      {offers.length > 1 && (
        <WhyThis label={texts.why.offer} ask={() => api.me.whyOffer(order.orderId)} />
      )}
    </>
  )
}

/** Makes the share, opens Telegram's dialog for it, and shows how it goes. @patent 1 */
function useShareOffer(order: Order): (offerId: string) => Promise<void> {
  const { api, router, say, telegram } = useApp()
  const { texts } = useWords()
  const send = useSend()
  return async (offerId) => {
    try {
      const share = await api.shareOffer(order, offerId)
      send(share)
      router.replace({ screen: 'share', share })
    } catch (thrown) {
      telegram.feel('error')
      say(tellProblem(asProblem(thrown), texts).title)
    }
  }
}
