import { randomBytes } from 'node:crypto'

import type { AppContext } from '../context.ts'
import { newId, newReference } from '../ids.ts'
import { digestOf } from '../store/links.ts'
import { addMerchant as storeMerchant } from '../store/merchants.ts'
import { INVITE_SECONDS } from './invite-staff.ts'
import { chatLinkOf } from './links-of.ts'

export type AddedMerchant = {
  merchantId: string
  apiKey: string
  ownerReference: string
  ownerLink: string
}

/** Adds a merchant with an API key and a one-time link for its owner; both are shown this once only. */
export async function addMerchant(
  app: Pick<AppContext, 'db' | 'bot'>,
  { name, currency }: { name: string; currency: string },
): Promise<AddedMerchant> {
  const merchantId = newId('mer')
  const apiKey = `pk_${randomBytes(24).toString('base64url')}`
  const ownerReference = newReference()
  const merchant = { id: merchantId, name, currency }
  await storeMerchant(app.db, merchant, digestOf(apiKey), newId('chg'), {
    id: newId('inv'),
    digest: digestOf(ownerReference),
    ttlSeconds: INVITE_SECONDS,
  })
  return { merchantId, apiKey, ownerReference, ownerLink: chatLinkOf(app.bot, ownerReference) }
}
