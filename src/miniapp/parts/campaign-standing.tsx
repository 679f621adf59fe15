import type { Campaign } from '../api/shop-answers.ts'
import { useShopWords } from '../state/use-desk.ts'
import { Bar } from './bar.tsx'
import { StagePill } from './stage-pill.tsx'

/** What is left of a campaign's money, and how far its limits are used. */
export function Standing({ campaign }: { campaign: Campaign }) {
  const { texts, money } = useShopWords()
  const { campaign: t } = texts
  const { currency, budgetMinor, issuedMinor, reservedMinor } = campaign
  const amount = (minor: number) => money(minor, currency)
  return (
    <section class="card standing">
      <p class="standing__top">
        <strong>{t.left(amount(budgetMinor - issuedMinor - reservedMinor))}</strong>
        <StagePill campaign={campaign} />
      </p>
      <Bar
        label={t.given}
        used={issuedMinor}
        kept={reservedMinor}
        most={budgetMinor}
        text={t.countOf(amount(issuedMinor), amount(budgetMinor))}
      />
      {reservedMinor > 0 && (
        <p class="standing__foot">
          {t.reserved}: {amount(reservedMinor)}
        </p>
      )}
      <Limits campaign={campaign} />
    </section>
  )
}

/** The limits that were set: vouchers in all, and today's vouchers and money. */
function Limits({ campaign }: { campaign: Campaign }) {
  const { texts, money, count: write } = useShopWords()
  const { campaign: t } = texts
  const { currency, maxVouchers, issuedCount, dayMaxVouchers, dayCount } = campaign
  const { dayBudgetMinor, dayMinor } = campaign
  const amount = (minor: number) => money(minor, currency)
  const count = (label: string, used: number, most: number) => (
    <Bar label={label} used={used} most={most} text={t.countOf(write(used), write(most))} />
  )
  return (
    <>
      {maxVouchers !== null && count(t.count, issuedCount, maxVouchers)}
      {dayMaxVouchers !== null && count(t.today, dayCount, dayMaxVouchers)}
      {dayBudgetMinor !== null && (
        <Bar
          label={t.today}
          used={dayMinor}
          most={dayBudgetMinor}
          text={t.countOf(amount(dayMinor), amount(dayBudgetMinor))}
        />
      )}
    </>
  )
}
