import type { AppContext } from '../context.ts'
import type { MatchingReport, MatchingView } from '../domain/views.ts'
import { AppError } from '../errors.ts'
import { matchingSettingsOf } from '../store/merchants.ts'
import { budgetPrices, namesOf, reportsOf, type StoredReport } from '../store/reports.ts'

/** What a merchant told the model, how well it does, and what it asks of the budgets. @patent 12 */
export async function showMatching(app: AppContext, merchantId: string): Promise<MatchingView> {
  const [found, kept, prices] = await Promise.all([
    matchingSettingsOf(app.db, merchantId),
    reportsOf(app.db, merchantId),
    budgetPrices(app.db, merchantId),
  ])
  if (!found) throw new AppError('ERR_MERCHANT_NOT_FOUND', 'There is no such merchant.')
  const { currency, ...settings } = found
  const ids = kept.flatMap(({ report }) => report?.arms.map(({ id }) => id) ?? [])
  const names = await namesOf(app.db, merchantId, ids)
  const nothing = {
    ...NOTHING_YET,
    objective: settings.marginBp === null ? 'redemptions' : 'money',
  } as const
  const reports = kept.map(({ merchantId: _, report, ...model }) => ({
    ...model,
    ...withNames(report ?? nothing, names),
  }))
  return { currency, settings, reports, prices }
}

const NOTHING_YET = {
  outcomes: 0,
  compared: 0,
  lift: null,
  whatIf: [],
  arms: [],
  drivers: [],
  personal: null,
}

type Found = Omit<StoredReport, 'reached'>

/** What has no name any more is left out. */
function withNames(
  { whatIf, arms, drivers, ...told }: Found,
  names: ReadonlyMap<string, string>,
): Pick<MatchingReport, keyof Found> {
  const named = <Row>(rows: readonly Row[], idOf: (row: Row) => string | undefined) =>
    rows.flatMap((row) => {
      const name = names.get(idOf(row) ?? '')
      return name === undefined ? [] : [{ ...row, name }]
    })
  return {
    ...told,
    whatIf: whatIf.flatMap((row) =>
      row.policy === 'always' ? named([row], ({ armId }) => armId) : [row],
    ),
    arms: named(arms, ({ id }) => id),
    drivers: named(drivers, ({ armId }) => armId),
  }
}
