import { type CampaignRequest, createCampaign } from '../../usecases/create-campaign.ts'
import { bold, linesOf } from '../draw/parts.ts'
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
import type { Desk, StaffCommand } from './desk.ts'

/** /newcampaign name="…" budget=… slots=… … in one line. */
export const newCampaignCommand: StaffCommand = {
  name: 'newcampaign',
  example: 'newcampaign-example',
  more: 'newcampaign-random',
  run: async (desk) => {
    const { app, visit, requestId, writtenAt } = desk
    const { t, say } = visit
    const request = readCampaign(desk, writtenAt)
    await createCampaign(app, { ...request, idempotencyKey: requestId })
    say({
      text: linesOf(
        `📣 ${bold(t.html('campaign-created', { name: request.name }))}`,
        t.html('campaign-created-body'),
      ),
    })
  },
}

const DAY_MS = 24 * 3600 * 1000

function readCampaign({ form, shop }: Desk, now: Date): CampaignRequest {
  allowFields(
    form,
    'merchant',
    'name',
    'budget',
    'slots',
    'days',
    'until',
    'title',
    'body',
    'spend',
    'pot',
    'min',
    'max',
    'zone',
    'valid',
    'hours',
  )
  allowNoWords(form)
  const { currency, merchantId } = shop
  const zone = zoneField(form, 'zone')
  const name = textField(form, 'name', 120)
  const least = optionalAmount(form, 'spend', currency)
  const request = {
    merchantId,
    name,
    zone,
    startsAt: now,
    endsAt: readEnd(form, zone, now),
    budgetMinor: amountField(form, 'budget', currency),
    slotsPerShare: wholeField(form, 'slots', [1, 100_000]),
    shareTtlSeconds: wholeField(form, 'hours', [1, 2_160], 168) * 3600,
    validDays: wholeField(form, 'valid', [1, 730], 30),
    offer: {
      title: optionalText(form, 'title', 120) || name,
      body: optionalText(form, 'body', 600),
      rule: least === undefined ? undefined : { amountMinor: { from: least } },
    },
  }
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

/** The end of a day in the campaign's zone (`until=`), or so many days from now (`days=`). */
function readEnd(form: Form, zone: string, now: Date): Date {
  const until = form.named.get('until')
  if (until === undefined)
    return new Date(now.getTime() + wholeField(form, 'days', [1, 730]) * DAY_MS)
  const end = endOfDay(until, zone)
  if (!end) throw new FormError('fault-date', { field: 'until', example: '2027-03-31' })
  if (end <= now) throw new FormError('fault-over')
  return end
}

function endOfDay(day: string, zone: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined
  try {
    const start = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone)
    return new Date(start.epochMilliseconds)
  } catch {
    return undefined
  }
}
