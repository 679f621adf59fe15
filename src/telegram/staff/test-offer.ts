import type { Store } from '../../domain/views.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { type OfferTest, testOffers } from '../../usecases/test-offers.ts'
import { drawOfferTest } from '../draw/offer-test.ts'
import {
  allowFields,
  type Form,
  FormError,
  isYes,
  optionalAmount,
  optionalText,
  wholeField,
} from '../form.ts'
import { ruleField } from '../rule-field.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /testoffer order=… shows which offers an order shows and which part of their rules fails; it writes nothing. */
export const testOfferCommand: StaffCommand = {
  name: 'testoffer',
  example: 'testoffer-example',
  more: 'testoffer-more',
  run: testOffer,
}

async function testOffer({ app, visit, shop, form }: Desk): Promise<void> {
  const { t, say } = visit
  const { merchantId, currency } = shop
  allowFields(form, ...FIELDS)
  const stores = await listStores(app, merchantId)
  const rule = ruleField(form, 'rule', { currency, stores })
  const order = optionalText(form, 'order', 128) ?? form.words.join(' ')
  if (order === '' && !ORDER_FIELDS.some((field) => form.named.has(field))) {
    throw new FormError('fault-missing', { field: 'order' })
  }
  const result = await testOffers(app, {
    merchantId,
    rule,
    ...readTest(form),
    order: { ...readOrder(form, currency), ...(order !== '' && { sourceId: order }) },
  })
  if (result.outcome === 'refused') {
    return say({ text: t.html(`offer-test-refused-${result.reason}`, { order }) })
  }
  const offers = offersNamed(result.offers, optionalText(form, 'offer', 120))
  say(drawOfferTest(t, { ...result, offers, order }, namesOf(stores)))
}

/** What stands for an order that is only thought of. */
const ORDER_FIELDS = ['spend', 'store', 'item', 'category', 'country'] as const
const FIELDS = [
  'merchant',
  'order',
  'offer',
  'rule',
  'returning',
  'language',
  'shares',
  'now',
  ...ORDER_FIELDS,
]

function readOrder(form: Form, currency: string): OfferTest['order'] {
  return {
    amountMinor: optionalAmount(form, 'spend', currency),
    storeId: optionalText(form, 'store', 64),
    items: readList(form, 'item'),
    categories: readList(form, 'category'),
    country: optionalText(form, 'country', 100),
  }
}

function readTest(form: Form): Pick<OfferTest, 'person' | 'at'> {
  const language = form.named.get('language')
  if (language !== undefined && language !== 'en' && language !== 'zh') {
    throw new FormError('fault-language', { field: 'language' })
  }
  return {
    person: {
      language,
      shares: form.named.has('shares') ? wholeField(form, 'shares', [0, 1_000_000]) : undefined,
      isReturning: form.named.has('returning') ? isYes(form, 'returning') : undefined,
    },
    at: readMoment(form, 'now'),
  }
}

function readList(form: Form, field: string): string[] | undefined {
  return optionalText(form, field, 600)
    ?.split(/[,，、]/)
    .map((word) => word.trim())
    .filter((word) => word !== '')
}

/** A moment by the clocks of the store, `2026-11-28T19:00`. */
function readMoment(form: Form, field: string): ((zone: string) => Date) | undefined {
  const text = form.named.get(field)?.trim().replace(' ', 'T')
  if (text === undefined) return undefined
  const fault = new FormError('fault-moment', { field, example: '2026-11-28T19:00' })
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) throw fault
  try {
    const local = Temporal.PlainDateTime.from(text, { overflow: 'reject' })
    return (zone) => new Date(local.toZonedDateTime(zone).epochMilliseconds)
  } catch {
    throw fault
  }
}

function offersNamed<
  Tested extends { offer?: { offerId: string; title: string; campaignName: string } },
>(offers: readonly Tested[], named: string | undefined): readonly Tested[] {
  if (named === undefined) return offers
  const wanted = named.toLowerCase()
  return offers.filter(
    ({ offer }) =>
      !offer ||
      [offer.offerId, offer.title.toLowerCase(), offer.campaignName.toLowerCase()].includes(wanted),
  )
}

function namesOf(stores: readonly Store[]): ReadonlyMap<string, string> {
  return new Map(stores.map(({ storeId, sourceId, name }) => [storeId, `${sourceId} ${name}`]))
}
