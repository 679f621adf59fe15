import { type Signal, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

import type { Voucher } from '../api/answers.ts'
import type { ApiProblem } from '../api/problem.ts'
import type { Validation } from '../api/shop-answers.ts'
import { Field } from '../parts/field.tsx'
import { TillCard } from '../parts/till-card.tsx'
import type { Fault } from '../state/read-field.ts'
import type { Amounts, Till } from '../state/till.ts'
import { asksFor, readAmounts } from '../state/till-amounts.ts'
import { useApp, useMainButton } from '../state/use-app.ts'
import { useShopWords } from '../state/use-desk.ts'
import { tellProblem } from '../words/problem-words.ts'
import { tellRefused } from '../words/till-words.ts'

/** A voucher that can be spent. A plain one needs one tap; a percentage and a minimum ask for the order's amount. */
export function Spending({ till, voucher }: { till: Till; voucher: Voucher }) {
  const words = useShopWords()
  const { till: t } = words.texts
  const typed = { order: useSignal(''), part: useSignal('') }
  const asked = asksFor(voucher)
  const { isReady, amounts, faults } = readAmounts(
    { order: typed.order.value, part: typed.part.value },
    asked,
    voucher.currency,
  )
  useChecked(till, amounts, isReady)
  const checked = till.checked.value
  const isAnswered = isReady && checked !== undefined && isSame(checked.amounts, amounts)
  const validation = isAnswered ? checked.validation : undefined
  const isRefused = validation !== undefined && validation.outcome !== 'valid'
  const spend = useSpend(till, amounts)
  useMainButton({
    text: buttonText(till, validation, voucher, words),
    isBusy: till.isBusy.value,
    isOff: !isReady || isRefused,
    onPress: spend,
  })
  const verdict = isRefused ? tellRefused(validation, words).title : t.valid
  return (
    <>
      <TillCard voucher={voucher} verdict={verdict} isGood={!isRefused}>
        {(asked.order || asked.part) && (
          <div class="form till__form">
            {asked.order && (
              <AmountField
                name="order"
                value={typed.order}
                fault={faults.order}
                voucher={voucher}
              />
            )}
            {asked.part && (
              <AmountField name="part" value={typed.part} fault={faults.part} voucher={voucher} />
            )}
          </div>
        )}
        <Effect validation={validation} voucher={voucher} />
      </TillCard>
      {till.problem.value && <Unsure problem={till.problem.value} />}
    </>
  )
}

function isSame(a: Amounts, b: Amounts): boolean {
  return a.amountMinor === b.amountMinor && a.orderMinor === b.orderMinor
}

const PAUSE_MS = 300

/** Asks the server what the typed amounts come to, once the typing pauses. */
function useChecked(till: Till, { amountMinor, orderMinor }: Amounts, isReady: boolean): void {
  useEffect(() => {
    const amounts = {
      ...(amountMinor !== undefined && { amountMinor }),
      ...(orderMinor !== undefined && { orderMinor }),
    }
    const checked = till.checked.peek()
    if (!isReady || (checked && isSame(checked.amounts, amounts))) return undefined
    const timer = setTimeout(() => void till.check(amounts), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [till, isReady, amountMinor, orderMinor])
}

const MOST_RECENT = 5

function useSpend(till: Till, amounts: Amounts): () => void {
  const { router, telegram, spent } = useApp()
  const spend = async () => {
    if (till.isBusy.peek()) return
    const redemption = await till.redeem(amounts)
    telegram.feel(redemption ? 'success' : 'error')
    if (!redemption) return
    spent.value = [redemption, ...spent.value].slice(0, MOST_RECENT)
    router.replace({ screen: 'spent', redemption })
  }
  return () => void spend()
}

function buttonText(
  till: Till,
  validation: Validation | undefined,
  { currency }: Voucher,
  { texts, money }: ReturnType<typeof useShopWords>,
): string {
  const { till: t } = texts
  if (till.problem.value && till.problem.value.kind !== 'refused') return t.again
  const { amountMinor } = validation ?? {}
  return amountMinor === undefined ? t.redeem : t.redeemAmount(money(amountMinor, currency))
}

type EffectProps = { validation: Validation | undefined; voucher: Voucher }

/** What it would take off, and what would be lost by that. Its line is kept free while nothing is known. */
function Effect({ validation, voucher }: EffectProps) {
  const { texts, money } = useShopWords()
  const { amountMinor, unusedMinor = 0, outcome } = validation ?? {}
  const isKnown = outcome === 'valid' && amountMinor !== undefined
  const isLost = isKnown && unusedMinor > 0 && voucher.kind !== 'percent_off'
  return (
    <p class="till__effect" role="status">
      {isKnown ? texts.till.takesOff(money(amountMinor, voucher.currency)) : '\u00a0'}
      {isLost && <small>{texts.till.lost(money(unusedMinor, voucher.currency))}</small>}
    </p>
  )
}

type AmountFieldProps = {
  name: 'order' | 'part'
  value: Signal<string>
  fault: Fault | undefined
  voucher: Voucher
}

function AmountField({ name, value, fault, voucher }: AmountFieldProps) {
  const { texts, money } = useShopWords()
  const { currency, balanceMinor, heldMinor = 0 } = voucher
  return (
    <Field
      id={name}
      label={texts.till[name]}
      value={value}
      unit={currency}
      inputMode="decimal"
      maxLength={20}
      fault={fault ? texts.fault[fault] : ''}
      hint={name === 'part' ? texts.till.whole(money(balanceMinor - heldMinor, currency)) : ''}
    />
  )
}

/** No answer came: whether it went through is not known, and the same again spends nothing twice. */
function Unsure({ problem }: { problem: ApiProblem }) {
  const { texts } = useShopWords()
  const { till: t } = texts
  const isKnown = problem.kind === 'refused' || problem.kind === 'signed_out'
  const told = isKnown ? tellProblem(problem, texts) : { title: t.unsure, text: t.unsureText }
  return (
    <p class="form__problem" role="alert">
      <strong>{told.title}</strong> {told.text}
    </p>
  )
}
