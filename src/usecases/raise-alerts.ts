import type { AppContext } from '../context.ts'
import { raiseBudgetAlerts, raiseRefusalAlerts, raiseWrongCodeAlerts } from '../store/alerts.ts'

/** Tells owners and managers of budgets that go to their end and of refusals that are unusual, each once. */
export async function raiseAlerts(app: AppContext): Promise<number> {
  const told =
    (await raiseBudgetAlerts(app.db)) +
    (await raiseRefusalAlerts(app.db)) +
    (await raiseWrongCodeAlerts(app.db))
  if (told > 0) app.wakeOutbox()
  return told
}
