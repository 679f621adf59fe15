import type { MatchingPoint, MatchingSettings, RoleAtMerchant } from '../../domain/views.ts'
import { changeMatching, resumeMatching } from '../../usecases/matching-settings.ts'
import { showMatching } from '../../usecases/show-matching.ts'
import { drawMatching } from '../draw/matching.ts'
import { bold } from '../draw/parts.ts'
import { allowFields, allowNoWords, type Form, FormError, optionalPercent } from '../form.ts'
import type { Desk, StaffCommand } from './desk.ts'

/** /matching shows what chooses and what it brings; with margin=, control= or pool= it is told otherwise. */
export const matchingCommand: StaffCommand = {
  name: 'matching',
  example: 'matching-example',
  more: 'matching-more',
  run: async (desk) => {
    const { app, visit, shop, form, requestId } = desk
    allowFields(form, 'merchant', 'margin', 'control', 'pool')
    allowNoWords(form)
    const change = readSettings(form)
    if (Object.keys(change).length === 0) return showAll(desk)
    const by = visit.personId
    const { merchantId } = shop
    const { outcome } = await changeMatching(app, { merchantId, change, by, requestId })
    const words = outcome === 'changed' ? 'edit-done' : 'edit-unchanged'
    await show(desk, `✏️ ${bold(visit.t.html(words))}`)
  },
}

/** `margin=off` counts redemptions again. */
function readSettings(form: Form): Partial<MatchingSettings> {
  const hasNoMargin = isOff(form.named.get('margin'))
  const marginBp = hasNoMargin ? null : optionalPercent(form, 'margin')
  const controlBp = optionalPercent(form, 'control', [0, 5000])
  const poolsLearning = readPool(form)
  return {
    ...(marginBp !== undefined && { marginBp }),
    ...(controlBp !== undefined && { controlBp }),
    ...(poolsLearning !== undefined && { poolsLearning }),
  }
}

function readPool(form: Form): boolean | undefined {
  const text = form.named.get('pool')
  if (text === undefined) return undefined
  if (/^(on|yes|y|开|是)$/i.test(text)) return true
  if (isOff(text)) return false
  throw new FormError('fault-choice', { field: 'pool', words: 'on, off' })
}

function isOff(text: string | undefined): boolean {
  return /^(off|none|no|n|关|否|无)$/i.test(text ?? '')
}

type Place = Pick<Desk, 'app' | 'visit'> & { shop: RoleAtMerchant }

/** With the picture after it. */
async function showAll(place: Place): Promise<void> {
  const { visit, shop } = place
  const { reports } = await show(place)
  if (reports.some(({ arms }) => arms.length > 0))
    visit.tell(shop.merchantId, 'matching_picture', {})
}

async function show({ app, visit, shop }: Place, news?: string) {
  const shown = await showMatching(app, shop.merchantId)
  visit.say(drawMatching(visit.t, shop, shown, news))
  return shown
}

/** A model that was stopped may choose again. */
export async function resume(
  { app, visit, shop, requestId }: Place & { requestId: string },
  point: MatchingPoint,
): Promise<void> {
  const { t, personId: by } = visit
  const { merchantId } = shop
  const { outcome } = await resumeMatching(app, { merchantId, point, by, requestId })
  const words = outcome === 'changed' ? 'matching-resumed' : 'matching-not-stopped'
  await show({ app, visit, shop }, `▶️ ${bold(t.html(words))}`)
}
