import { useSignal } from '@preact/signals'

import { isMistyped } from '../../domain/code.ts'
import type { Store } from '../api/shop-answers.ts'
import { Button } from '../parts/button.tsx'
import { Choice, Field } from '../parts/field.tsx'
import { Head } from '../parts/head.tsx'
import { Icon, type IconName } from '../parts/icon.tsx'
import { Recent } from '../parts/recent.tsx'
import { isAskable, isComplete } from '../state/typed-code.ts'
import { useApp, useFresh } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { mayRedeem, maySee } from '../state/workplace.ts'
import { useScan } from './use-scan.ts'

/** Where staff begin: the till at the top, the rest by role. */
export function ShopScreen() {
  const { workplace } = useApp()
  const { shop } = useDesk()
  const { texts } = useShopWords()
  const isOnly = workplace.shops.value.length === 1
  return (
    <>
      <Head title={shop.merchantName} text={texts.shop.roles[shop.role]} />
      {!isOnly && <ShopPicker />}
      {mayRedeem(shop) && <Till />}
      {maySee(shop) && <Ways />}
    </>
  )
}

function ShopPicker() {
  const { workplace } = useApp()
  const { shop } = useDesk()
  const { texts } = useShopWords()
  const names = workplace.shops.value.map(({ merchantId, merchantName }) => [
    merchantId,
    merchantName,
  ])
  return (
    <Choice
      id="shop"
      label={texts.shop.pick}
      value={shop.merchantId}
      options={Object.fromEntries(names)}
      onChoose={workplace.choose}
    />
  )
}

function Till() {
  const { scan, onCode } = useScan()
  const { till: t } = useShopWords().texts
  return (
    <>
      {scan && (
        <>
          <Button look="filled" icon="scan" onPress={scan}>
            {t.scan}
          </Button>
          <p class="or">{t.or}</p>
        </>
      )}
      <CodeForm onCode={onCode} />
      <Recent />
    </>
  )
}

/** A code that is complete and right is checked at once, without a button. */
function CodeForm({ onCode }: { onCode: (code: string) => void }) {
  const { till: t } = useShopWords().texts
  const typed = useSignal('')
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isAskable(typed.value)) onCode(typed.value)
  }
  return (
    <form
      class="card form"
      noValidate
      onSubmit={onSubmit}
      onInput={() => isComplete(typed.value) && onCode(typed.value)}
    >
      <Field
        id="code"
        label={t.code}
        value={typed}
        maxLength={80}
        look="code"
        fault={isMistyped(typed.value) ? t.mistyped : ''}
      />
      <StorePicker />
      <Button isSubmit isOff={!isAskable(typed.value)}>
        {t.check}
      </Button>
    </form>
  )
}

/** Only a shop of several stores asks in which one the till stands. */
function StorePicker() {
  const { stores, storeId, chooseStore } = useDesk()
  const { shop: t } = useShopWords().texts
  const all = useFresh(stores).value.value ?? []
  if (all.length < 2) return null
  const known = all.some((store) => store.storeId === storeId.value)
  return (
    <Choice
      id="till-store"
      label={t.store}
      value={known ? storeId.value : ''}
      options={{ '': t.anyStore, ...Object.fromEntries(all.map(named)) }}
      onChoose={chooseStore}
    />
  )
}

function named({ storeId, name }: Store): [string, string] {
  return [storeId, name]
}

function Ways() {
  const { shop: t } = useShopWords().texts
  return (
    <ul class="rows">
      <Way to="campaigns" icon="horn" title={t.campaigns} text={t.campaignsText} />
      <Way to="numbers" icon="chart" title={t.numbers} text={t.numbersText} />
    </ul>
  )
}

type WayProps = { to: 'campaigns' | 'numbers'; icon: IconName; title: string; text: string }

function Way({ to, icon, title, text }: WayProps) {
  const { router } = useApp()
  return (
    <li>
      <button type="button" class="row" onClick={() => router.go({ screen: to })}>
        <Icon name={icon} />
        <span class="row__text">
          <strong>{title}</strong>
          <span class="row__sub">{text}</span>
        </span>
        <Icon name="next" class="row__next" />
      </button>
    </li>
  )
}
