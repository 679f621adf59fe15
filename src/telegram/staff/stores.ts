import type { Store } from '../../domain/views.ts'
import { addStore } from '../../usecases/add-store.ts'
import { changeStore } from '../../usecases/change-store.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { bold, linesOf } from '../draw/parts.ts'
import { drawStore, drawStores } from '../draw/staff.ts'
import {
  allowFields,
  allowNoWords,
  FormError,
  optionalText,
  textField,
  zoneField,
} from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /stores lists; with id= and name= it adds one, with edit= it changes one. */
export const storesCommand: StaffCommand = {
  name: 'stores',
  example: 'stores-example',
  more: 'stores-more',
  run: async (desk) => {
    const { app, visit, shop, form } = desk
    const { t, say } = visit
    allowNoWords(form)
    if (form.named.has('id')) return add(desk)
    if (form.named.has('edit')) return edit(desk)
    allowFields(form, 'merchant')
    say(drawStores(t, shop.merchantName, await listStores(app, shop.merchantId)))
  },
}

async function add({ app, visit, shop, form }: Desk): Promise<void> {
  const { t, say } = visit
  allowFields(form, 'merchant', 'id', 'name', 'address', 'zone')
  const sourceId = textField(form, 'id', 64)
  const name = textField(form, 'name', 120)
  const address = optionalText(form, 'address', 300) ?? ''
  const zone = zoneField(form, 'zone')
  const { outcome } = await addStore(app, {
    merchantId: shop.merchantId,
    sourceId,
    name,
    address,
    zone,
    by: visit.personId,
  })
  if (outcome === 'exists') return say({ text: t.html('store-exists', { store: sourceId }) })
  say({ text: `🏪 ${bold(t.html('store-added', { store: `${sourceId} · ${name}` }))}` })
}

/** What is left out stays. */
async function edit({ app, visit, shop, form, requestId }: Desk): Promise<void> {
  const { t, say, personId: by } = visit
  allowFields(form, 'merchant', 'edit', 'name', 'address', 'zone')
  const sourceId = textField(form, 'edit', 64)
  const address = optionalText(form, 'address', 300)
  const change = {
    ...(form.named.has('name') && { name: textField(form, 'name', 120) }),
    ...(address !== undefined && { address }),
    ...(form.named.has('zone') && { zone: zoneField(form, 'zone') }),
  }
  if (Object.keys(change).length === 0) throw new FormError('fault-nothing')
  const { merchantId } = shop
  const result = await changeStore(app, { merchantId, sourceId, change, by, requestId })
  if (result.outcome === 'refused') {
    return say({ text: t.html('vouchers-refused-unknown_store', { store: sourceId }) })
  }
  const words = result.outcome === 'changed' ? 'store-changed' : 'edit-unchanged'
  say({ text: linesOf(`🏪 ${bold(t.html(words))}`, drawStore(result.store)) })
}

/** The zone of the merchant's stores where they have one in common. */
export function usualZone(stores: readonly Store[]): string {
  const [first, ...others] = new Set(stores.map(({ zone }) => zone))
  return first !== undefined && others.length === 0 ? first : 'UTC'
}
