import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'

import type { Campaign, Dashboard } from '../api/shop-answers.ts'
import { DayChart } from '../parts/day-chart.tsx'
import { Exports } from '../parts/exports.tsx'
import { Choice } from '../parts/field.tsx'
import { Funnel } from '../parts/funnel.tsx'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { MatchingReports } from '../parts/matching.tsx'
import { Notice } from '../parts/notice.tsx'
import { Segments } from '../parts/segments.tsx'
import { createLoading } from '../state/loading.ts'
import { useFresh } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { dayIn, ownZone } from '../state/zoned-day.ts'

const RANGES = { week: 7, month: 30, quarter: 90 } as const
type RangeName = keyof typeof RANGES

/** What came of it: the way from order to till, the money, and who, where and when. @patent 12 */
export function NumbersScreen() {
  const { api, campaigns, shop } = useDesk()
  const { numbers: t } = useShopWords().texts
  const range = useSignal<RangeName>('month')
  const campaignId = useSignal('')
  const all = useFresh(campaigns).value.value ?? []
  const dashboard = useMemo(
    () => createLoading(() => api.dashboard(rangeOf(range.peek(), campaignId.peek()))),
    [api, range, campaignId],
  )
  useEffect(() => void dashboard.refresh(), [dashboard, range.value, campaignId.value])
  return (
    <>
      <Head title={t.title} text={shop.merchantName} />
      <Segments
        label={t.range}
        options={t.ranges}
        value={range.value}
        onChoose={(name) => (range.value = name)}
      />
      {all.length > 1 && (
        <Choice
          id="campaign"
          label={t.campaign}
          value={campaignId.value}
          options={{ '': t.all, ...namesOf(all) }}
          onChoose={(id) => (campaignId.value = id)}
        />
      )}
      <Loaded from={dashboard} shape="list">
        {(shown) => <Shown dashboard={shown} />}
      </Loaded>
      <MatchingReports />
      <Exports campaignId={campaignId.value} />
    </>
  )
}

const DAY_MS = 86_400_000

function rangeOf(name: RangeName, campaignId: string) {
  const now = Date.now()
  const zone = ownZone()
  return {
    from: dayIn(now - (RANGES[name] - 1) * DAY_MS, zone),
    to: dayIn(now, zone),
    ...(campaignId !== '' && { campaignId }),
  }
}

function namesOf(campaigns: Campaign[]): Record<string, string> {
  return Object.fromEntries(campaigns.map(({ campaignId, name }) => [campaignId, name]))
}

function Shown({ dashboard }: { dashboard: Dashboard }) {
  const { numbers: t, order } = useShopWords().texts
  const { totals, days, byCampaign, byStore, bySharer, currency } = dashboard
  const isEmpty = totals.shown + totals.opened + totals.claimed + totals.redeemed === 0
  return (
    <>
      <Tiles totals={totals} currency={currency} />
      {isEmpty ? (
        <Notice icon="chart" title={t.empty} text={t.emptyText} />
      ) : (
        <>
          <Funnel totals={totals} />
          <DayChart days={days} />
        </>
      )}
      <Parts
        title={t.byCampaign}
        currency={currency}
        rows={byCampaign.map((row) => ({ ...row, key: row.campaignId, label: row.name }))}
      />
      <Parts
        title={t.byStore}
        currency={currency}
        rows={byStore.map((row) => ({
          ...row,
          key: row.storeId ?? '',
          label: row.name ?? t.noStore,
        }))}
      />
      <Parts
        title={t.bySharer}
        currency={currency}
        rows={bySharer.map((row) => ({
          ...row,
          key: String(row.sharer),
          label: order.title(row.orderNumber),
        }))}
      />
    </>
  )
}

function Tiles({ totals, currency }: Pick<Dashboard, 'totals' | 'currency'>) {
  const { texts, money } = useShopWords()
  const { numbers: t } = texts
  const { discountMinor, orderMinor, costPerRedemptionMinor, liabilityMinor } = totals
  const tiles: [string, number | null][] = [
    [t.discount, discountMinor],
    [t.order, orderMinor],
    [t.cost, costPerRedemptionMinor],
    [t.liability, liabilityMinor],
  ]
  return (
    <dl class="tiles">
      {tiles.map(([label, minor]) => (
        <div key={label} class="card tile">
          <dt>{label}</dt>
          <dd>{minor === null ? '–' : money(minor, currency)}</dd>
        </div>
      ))}
    </dl>
  )
}

type Row = { key: string; label: string; claimed: number; redeemed: number; discountMinor: number }
type PartsProps = { title: string; currency: string; rows: Row[] }

/** The same numbers apart by one thing, where there are any. */
function Parts({ title, currency, rows }: PartsProps) {
  const { texts, money, count } = useShopWords()
  const shown = rows.filter(({ claimed, redeemed }) => claimed + redeemed > 0)
  if (shown.length === 0) return null
  return (
    <section class="card">
      <h2 class="card__title">{title}</h2>
      <ul class="parts">
        {shown.map(({ key, label, claimed, redeemed, discountMinor }) => (
          <li key={key} class="row__top">
            <span class="row__text">
              <strong>{label}</strong>
              <span class="row__sub">{texts.numbers.both(count(claimed), count(redeemed))}</span>
            </span>
            <span>{money(discountMinor, currency)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
