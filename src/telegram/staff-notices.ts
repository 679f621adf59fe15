import type { AppContext } from '../context.ts'
import { dayOf } from '../domain/days.ts'
import { fileNameOf } from '../domain/export-files.ts'
import type { RoleAtMerchant } from '../domain/views.ts'
import type { DrawPicture } from '../pictures/draw-picture.ts'
import type { LeasedMessage } from '../store/outbox.ts'
import { exportBytes, exportFor } from '../usecases/export-file.ts'
import { campaignOf } from '../usecases/list-campaigns.ts'
import { listStaff } from '../usecases/list-staff.ts'
import { showMatching } from '../usecases/show-matching.ts'
import { statsOf } from '../usecases/show-stats.ts'
import { rolesOf } from '../usecases/staff-roles.ts'
import { mayUse } from './commands.ts'
import { type Alert, drawAlert } from './draw/alert.ts'
import { drawExport } from './draw/export.ts'
import { drawMatchingCaption } from './draw/matching.ts'
import { drawMatchingPicture, MATCHING_SIZE } from './draw/matching-picture.ts'
import { drawStats } from './draw/stats.ts'
import { drawStatsPicture, STATS_SIZE } from './draw/stats-picture.ts'
import type { Message } from './message.ts'
import type { Texts } from './texts.ts'

/**
 * What is told to staff, as it is now: pictures, alerts, files. Whoever has lost their role meanwhile is
 * told nothing.
 */
export async function drawStaffEvent(
  app: AppContext,
  draw: DrawPicture,
  t: Texts,
  { merchantId, personId, kind, payload }: LeasedMessage,
): Promise<Message | undefined> {
  const at = (await rolesOf(app, personId ?? '')).find((role) => role.merchantId === merchantId)
  if (!at || !mayUse('stats', at.role)) return undefined
  switch (kind) {
    case 'stats_picture':
      return drawNumbers(app, draw, t, merchantId, String(payload['campaignId']))
    case 'matching_picture':
      return drawModels(app, draw, t, at)
    case 'alert':
      return drawRaised(app, t, at, payload as Alert)
    case 'export_ready':
      return drawFile(app, t, at, personId ?? '', String(payload['exportId']))
    default:
      return { text: t.html('export-failed') }
  }
}

async function drawNumbers(
  app: AppContext,
  draw: DrawPicture,
  t: Texts,
  merchantId: string,
  campaignId: string,
): Promise<Message | undefined> {
  const [stats, matching] = await Promise.all([
    statsOf(app, { merchantId, campaignId }),
    showMatching(app, merchantId),
  ])
  if (!stats) return undefined
  const picture = await draw(drawStatsPicture(t, stats), STATS_SIZE)
  const file = { as: 'photo', bytes: () => [picture], filename: 'stats.png' } as const
  return { ...drawStats(t, stats, matching), file }
}

async function drawModels(
  app: AppContext,
  draw: DrawPicture,
  t: Texts,
  at: RoleAtMerchant,
): Promise<Message> {
  const shown = await showMatching(app, at.merchantId)
  const picture = await draw(drawMatchingPicture(t, at.merchantName, shown), MATCHING_SIZE)
  const file = { as: 'photo', bytes: () => [picture], filename: 'matching.png' } as const
  return { ...drawMatchingCaption(t, at, shown), file }
}

async function drawRaised(
  app: AppContext,
  t: Texts,
  { merchantId, merchantName, currency, role }: RoleAtMerchant,
  alert: Alert,
): Promise<Message | undefined> {
  if (role === 'analyst') return undefined
  const campaign = alert.campaignId && (await campaignOf(app, merchantId, alert.campaignId))
  const who = (await listStaff(app, merchantId)).find((one) => one.personId === alert.byId)
  const place = { merchantId, merchantName, currency, role, who }
  return drawAlert(t, alert, { ...place, ...(campaign && { campaign }) })
}

async function drawFile(
  app: AppContext,
  t: Texts,
  { merchantId, role }: RoleAtMerchant,
  by: string,
  exportId: string,
): Promise<Message | undefined> {
  const made = await exportFor(app, { merchantId, exportId, by, role })
  if (!made) return undefined
  const campaign = made.campaignId && (await campaignOf(app, merchantId, made.campaignId))
  const message = drawExport(t, made, campaign ? campaign.name : undefined)
  if (!message.hasFile) return { text: message.text }
  const bytes = () => exportBytes(app, { merchantId, exportId })
  const filename = fileNameOf(made.kind, made.format, dayOf(made.createdAt, 'UTC'))
  return { text: message.text, file: { as: 'document', bytes, filename } }
}
