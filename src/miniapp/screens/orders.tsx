import type { Order } from '../api/answers.ts'
import { Button } from '../parts/button.tsx'
import { Head } from '../parts/head.tsx'
import { Icon } from '../parts/icon.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Notice } from '../parts/notice.tsx'
import { useApp, useFresh, useWords } from '../state/use-app.ts'

export function OrdersScreen() {
  const { orders, router } = useApp()
  const { texts } = useWords()
  useFresh(orders)
  return (
    <>
      <Head title={texts.orders.title} />
      <Button icon="plus" onPress={() => router.go({ screen: 'receipt' })}>
        {texts.orders.add}
      </Button>
      <Loaded from={orders} shape="list">
        {(all) => <Rows orders={all} />}
      </Loaded>
    </>
  )
}

function Rows({ orders }: { orders: Order[] }) {
  const { orders: t } = useWords().texts
  if (orders.length === 0) return <Notice icon="receipt" title={t.empty} text={t.emptyText} />
  return (
    <ul class="rows">
      {orders.map((order) => (
        <li key={order.orderId}>
          <OrderRow order={order} />
        </li>
      ))}
    </ul>
  )
}

function OrderRow({ order }: { order: Order }) {
  const { router } = useApp()
  const { texts, money, day } = useWords()
  return (
    <button type="button" class="row" onClick={() => router.go({ screen: 'order', order })}>
      <span class="row__text">
        <strong>{order.merchantName}</strong>
        <span class="row__sub">
          {day(order.placedAt)} · {order.storeName}
        </span>
      </span>
      <span class="row__end">
        <span class={order.status === 'cancelled' ? 'struck' : ''}>
          {money(order.totalMinor, order.currency)}
        </span>
        {order.status !== 'placed' && <span class="pill">{texts.orders.status[order.status]}</span>}
      </span>
      <Icon name="next" class="row__next" />
    </button>
  )
}
