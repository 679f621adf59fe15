import type { AppContext } from '../context.ts'
import type { MatchingPoint, MatchingSettings } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { matchingSettingsOf, setMatchingSettings } from '../store/merchants.ts'
import { resumeModel } from '../store/reports.ts'
import { type Asked, loggedOf, wasChangedBefore } from './change-log.ts'

export type ChangeMatchingRequest = Asked & { change: Partial<MatchingSettings> }
export type MatchingChanged = { outcome: 'changed' | 'unchanged'; settings: MatchingSettings }

/** Changes what a merchant tells the model. It holds for decisions from now on. */
export async function changeMatching(
  app: AppContext,
  request: ChangeMatchingRequest,
): Promise<MatchingChanged> {
  const { merchantId, change } = request
  const logged = loggedOf(request, [change])
  const isChanged = await setMatchingSettings(app.db, merchantId, change, logged)
  if (!isChanged) await wasChangedBefore(app, request, logged)
  const found = await matchingSettingsOf(app.db, merchantId)
  if (!found) throw new AppError('ERR_MERCHANT_NOT_FOUND', 'There is no such merchant.')
  const { currency: _, ...settings } = found
  return { outcome: isChanged ? 'changed' : 'unchanged', settings }
}

export type ResumeMatchingRequest = Asked & { point: MatchingPoint }

/** Lets a model that was stopped, since it did worse than the preset, decide again. */
export async function resumeMatching(
  app: AppContext,
  request: ResumeMatchingRequest,
): Promise<{ outcome: 'changed' | 'unchanged' }> {
  const { merchantId, point } = request
  const logged = loggedOf(request, ['resume', point])
  const isResumed = await resumeModel(app.db, { merchantId, point }, logged)
  if (!isResumed) await wasChangedBefore(app, request, logged)
  return { outcome: isResumed ? 'changed' : 'unchanged' }
}
