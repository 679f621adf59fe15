import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'

import type { Store } from '../api/shop-answers.ts'
import { Button } from '../parts/button.tsx'
import {
  Basics,
  Fits,
  Limits,
  Refunds,
  Sharing,
  Validity,
  When,
} from '../parts/campaign-fields.tsx'
import { Head } from '../parts/head.tsx'
import { KindFields } from '../parts/kind-fields.tsx'
import { Loaded } from '../parts/loaded.tsx'
import {
  type CampaignValues,
  emptyCampaign,
  emptyKind,
  type KindValues,
} from '../state/campaign-values.ts'
import { createForm, type Form } from '../state/form.ts'
import { readCampaign } from '../state/read-campaign.ts'
import { readAmount } from '../state/read-field.ts'
import { readKind } from '../state/read-kind.ts'
import { useApp, useFresh, useMainButton } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { useSaveCampaign } from './use-save-campaign.ts'

/** A new campaign with its kinds of vouchers. It is saved as a draft; the preview starts it. @patent 11 */
export function NewCampaignScreen() {
  const { shop, stores } = useDesk()
  const { form: t } = useShopWords().texts
  useFresh(stores)
  return (
    <>
      <Head title={t.title} text={shop.merchantName} />
      <Loaded from={stores} shape="ticket">
        {(all) => <CampaignForm stores={all} />}
      </Loaded>
    </>
  )
}

/** Days and hours are those of the first store, until another zone is typed. */
function CampaignForm({ stores }: { stores: Store[] }) {
  const { say, telegram } = useApp()
  const { shop } = useDesk()
  const { form: t } = useShopWords().texts
  const { currency } = shop
  const form = useMemo(
    () =>
      createForm(emptyCampaign(stores[0]?.zone), (values) =>
        readCampaign(values, currency, Date.now()),
      ),
    [currency, stores],
  )
  const newKind = () => createKindForm(form, currency)
  const kinds = useSignal<readonly Form<KindValues>[]>([])
  if (kinds.peek().length === 0) kinds.value = [newKind()]
  const { isBusy, save } = useSaveCampaign()
  const onSave = () => {
    const body = form.send()
    const bodies = kinds.value.map((kind) => kind.send())
    if (body && bodies.every((one) => one !== undefined)) return void save(body, bodies)
    telegram.feel('error')
    say(t.check)
    showFault()
  }
  useMainButton({ text: t.save, isBusy, onPress: onSave })
  const remove = (kind: Form<KindValues>) => {
    kinds.value = kinds.value.filter((one) => one !== kind)
  }
  return (
    <>
      <Basics form={form} currency={currency} />
      {kinds.value.map((kind, index) => (
        <section key={kind} class="card form">
          <h2 class="card__title">
            {kinds.value.length > 1 ? t.kind.title(index + 1) : t.kind.alone}
          </h2>
          <KindFields
            form={kind}
            of={`kind${index}-`}
            currency={currency}
            stores={stores}
            isRandom={form.fields.mode.value === 'random'}
          />
          {kinds.value.length > 1 && (
            <Button look="plain" onPress={() => remove(kind)}>
              {t.kind.remove}
            </Button>
          )}
        </section>
      ))}
      <Button icon="plus" onPress={() => (kinds.value = [...kinds.value, newKind()])}>
        {t.kind.add}
      </Button>
      <Fits form={form} currency={currency} />
      <When form={form} />
      <Limits form={form} currency={currency} />
      <Sharing form={form} />
      <Validity form={form} stores={stores} />
      <Refunds form={form} />
    </>
  )
}

/** What the kind is worth follows the campaign's draw, where amounts are drawn. */
function createKindForm(campaign: Form<CampaignValues>, currency: string): Form<KindValues> {
  const { mode, most } = campaign.fields
  return createForm(emptyKind(), (values) => {
    const drawn = mode.value === 'random' ? readAmount(most.value, currency) : undefined
    return readKind(values, currency, typeof drawn === 'string' ? 1 : drawn)
  })
}

/** Goes to the first field that is blamed, once it is drawn as such. */
function showFault(): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>('[aria-invalid="true"]')
    field?.closest('details')?.setAttribute('open', '')
    field?.focus()
  })
}
