import { addStore } from '../../usecases/add-store.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { bold } from '../draw/parts.ts'
import { drawStores } from '../draw/staff.ts'
import { allowFields, allowNoWords, optionalText, textField, zoneField } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /stores lists; with id= and name= it adds one. */
export const storesCommand: StaffCommand = {
  name: 'stores',
  example: 'stores-example',
  run: async (desk) => {
    const { app, visit, shop, form } = desk
    const { t, say } = visit
    allowNoWords(form)
    if (form.named.has('id')) return add(desk)
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
  })
  const words = outcome === 'added' ? 'store-added' : 'store-exists'
  say({ text: `🏪 ${bold(t.html(words, { store: `${sourceId} · ${name}` }))}` })
}
