import { PgBoss } from 'pg-boss'

import type { AppContext } from '../context.ts'
import { closeDueShares } from '../usecases/close-due-shares.ts'
import { expireDueHolds } from '../usecases/expire-due-holds.ts'
import { expireDueVouchers } from '../usecases/expire-due-vouchers.ts'
import { learnApart } from '../usecases/learn.ts'
import { poolLearning } from '../usecases/pool-learning.ts'
import { purgeMail } from '../usecases/purge-mail.ts'
import { purgeSeen } from '../usecases/purge-seen.ts'
import { raiseAlerts } from '../usecases/raise-alerts.ts'
import { remindHolders } from '../usecases/remind-holders.ts'
import { reportMatchings } from '../usecases/report-matching.ts'
import { rewardSharers } from '../usecases/reward-sharers.ts'
import { tallyFacts } from '../usecases/tally-facts.ts'

/** What happens by the clock: its name, when (cron, UTC) and what. Among many processes one runs each. */
type ClockJob = {
  name: string
  cron: string
  /** With the way to a connection of its own, for what takes long. */
  run(app: AppContext, directUrl: string): Promise<number>
}

const JOBS: readonly ClockJob[] = [
  { name: 'close-due-shares', cron: '* * * * *', run: closeDueShares },
  { name: 'reward-sharers', cron: '* * * * *', run: rewardSharers },
  { name: 'expire-due-vouchers', cron: '*/10 * * * *', run: expireDueVouchers },
  { name: 'remind-holders', cron: '*/10 * * * *', run: remindHolders },
  { name: 'expire-due-holds', cron: '* * * * *', run: expireDueHolds },
  { name: 'tally-facts', cron: '* * * * *', run: tallyFacts },
  { name: 'learn', cron: '* * * * *', run: learnApart },
  { name: 'raise-alerts', cron: '*/5 * * * *', run: raiseAlerts },
  { name: 'report-matching', cron: '*/10 * * * *', run: reportMatchings },
  { name: 'pool-learning', cron: '47 2 * * *', run: poolLearning },
  { name: 'purge-mail', cron: '17 3 * * *', run: purgeMail },
  { name: 'purge-seen', cron: '37 3 * * *', run: purgeSeen },
]

/** Starts the clock on a connection of its own; every job is tried again when it fails. */
export async function startClock(
  app: AppContext,
  directUrl: string,
): Promise<{ stop(): Promise<void> }> {
  const boss = new PgBoss({ connectionString: directUrl, max: 3, useListenNotify: false })
  boss.on('error', (err) => app.log.error({ err }, 'the clock failed'))
  await boss.start()
  for (const job of JOBS) {
    await boss.createQueue(job.name, {
      policy: 'singleton',
      retryLimit: 3,
      retryBackoff: true,
      expireInSeconds: 600,
    })
    await boss.schedule(job.name, job.cron)
    await boss.work(job.name, { pollingIntervalSeconds: 5 }, async () => {
      const done = await job.run(app, directUrl)
      if (done > 0) app.log.info({ job: job.name, done }, 'clock job done')
    })
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 3_000 }) }
}
