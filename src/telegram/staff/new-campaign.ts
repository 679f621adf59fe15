import { USUAL_TERMS } from '../../domain/campaign-terms.ts'
import { allOf } from '../../domain/rule.ts'
import type { Store } from '../../domain/views.ts'
import { type CampaignRequest, createCampaign } from '../../usecases/create-campaign.ts'
import { listStores } from '../../usecases/list-stores.ts'
import { endField, startField } from '../date-fields.ts'
import { bold } from '../draw/parts.ts'
import {
  allowFields,
  allowNoWords,
  amountField,
  type Form,
  FormError,
  optionalAmount,
  optionalText,
  textField,
  wholeField,
  zoneField,
} from '../form.ts'
import { ruleField } from '../rule-field.ts'
import { checkTogether, readTerms, TERM_FIELDS } from '../term-fields.ts'
import { showCampaign } from './campaigns.ts'
import type { Desk, StaffCommand } from './desk.ts'
import { usualZone } from './stores.ts'

/** /newcampaign name="…" budget=… slots=… … in one line; what it makes is a draft until it is confirmed. */
export const newCampaignCommand: StaffCommand = {
  name: 'newcampaign',
  example: 'newcampaign-example',
  more: 'newcampaign-more',
  run: async (desk) => {
    const { app, visit, requestId } = desk
    const stores = await listStores(app, desk.shop.merchantId)
    const request = readCampaign(desk, stores)
    const by = visit.personId
    const { campaignId } = await createCampaign(app, { ...request, by, idempotencyKey: requestId })
    const news = `📣 ${bold(visit.t.html('campaign-created', { name: request.name }))}`
    await showCampaign(desk, campaignId, news)
  },
}

function readCampaign({ form, shop, writtenAt }: Desk, stores: readonly Store[]): CampaignRequest {
  allowFields(
    form,
    'merchant',
    'name',
    'budget',
    'slots',
    'from',
    'until',
    'days',
    'title',
    'body',
    'spend',
    'rule',
    'pot',
    'min',
    'max',
    'zone',
    ...TERM_FIELDS,
  )
  allowNoWords(form)
  const { currency, merchantId } = shop
  const zone = zoneField(form, 'zone', usualZone(stores))
  const name = textField(form, 'name', 120)
  const least = optionalAmount(form, 'spend', currency)
  const endsAt = endField(form, zone, writtenAt)
  if (!endsAt) throw new FormError('fault-missing', { field: 'until' })
  const terms = readTerms(form, currency, stores)
  checkTogether({ ...USUAL_TERMS, ...terms }, 'share')
  const request = {
    merchantId,
    name,
    zone,
    startsAt: startField(form, zone, writtenAt) ?? writtenAt,
    endsAt,
    budgetMinor: amountField(form, 'budget', currency),
    slotsPerShare: wholeField(form, 'slots', [1, 100_000]),
    ...terms,
    offer: {
      title: optionalText(form, 'title', 120) || name,
      body: optionalText(form, 'body', 600),
      rule: allOf(
        least === undefined ? undefined : { amountMinor: { from: least } },
        ruleField(form, 'rule', { currency, stores }),
      ),
    },
  }
  if (request.endsAt <= request.startsAt) throw new FormError('fault-order')
  return { ...request, ...readPot(form, currency, request) }
}

/** With a pot the amounts are drawn at random, without one vouchers are matched. @patent 8 */
function readPot(
  form: Form,
  currency: string,
  { slotsPerShare, budgetMinor }: { slotsPerShare: number; budgetMinor: number },
): Pick<CampaignRequest, 'mode' | 'potMinor' | 'drawMinMinor' | 'drawMaxMinor'> {
  const potMinor = optionalAmount(form, 'pot', currency)
  const drawMinMinor = optionalAmount(form, 'min', currency)
  const drawMaxMinor = optionalAmount(form, 'max', currency)
  if (potMinor === undefined && drawMinMinor === undefined && drawMaxMinor === undefined)
    return { mode: 'matched' }
  if (potMinor === undefined || drawMinMinor === undefined || drawMaxMinor === undefined) {
    throw new FormError('fault-pot')
  }
  const isSplittable =
    drawMinMinor * slotsPerShare <= potMinor && potMinor <= drawMaxMinor * slotsPerShare
  if (!isSplittable) throw new FormError('fault-pot')
  if (potMinor > budgetMinor) throw new FormError('fault-budget')
  return { mode: 'random', potMinor, drawMinMinor, drawMaxMinor }
}
