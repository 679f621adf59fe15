import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { createPictures } from '../../../src/pictures/draw-picture.ts'
import { drawStatsPicture, STATS_SIZE } from '../../../src/telegram/draw/stats-picture.ts'
import { textsIn } from '../../../src/telegram/texts.ts'
import { showDashboard } from '../../../src/usecases/show-dashboard.ts'
import { type Stats, statsOf } from '../../../src/usecases/show-stats.ts'
import { tallyFacts } from '../../../src/usecases/tally-facts.ts'
import { addCampaign, addShop } from '../../helpers/shop.ts'
import { settle, versionOf } from '../bed.ts'
import { runCommand } from '../command-line.ts'
import { fillPast } from '../fill-past.ts'
import { type Ground, type GroundOptions, layGround } from '../ground.ts'

export type NumbersOptions = Omit<GroundOptions, 'people'> & {
  rounds: number
  /** How many vouchers there are, in four campaigns. */
  vouchers: number
  say: (line: string) => void
}

/** Milliseconds of each thing that is seen, round by round; the memory of a command in MiB. */
export type Seen = Record<string, number[]>

const CAMPAIGNS = 4

/** What it takes to see the numbers of many vouchers, and to write them to a file. */
export async function benchNumbers(
  options: NumbersOptions,
): Promise<{ seen: Seen; postgres: string }> {
  await using ground = await layGround({ ...options, people: 0 })
  const { merchantId, campaignId } = await openShop(ground, options.vouchers)
  const seen: Seen = {}
  const note = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now()
    const answer = await work()
    seen[what] = [...(seen[what] ?? []), performance.now() - startedAt]
    options.say(`${what}: ${Math.round(seen[what].at(-1) ?? 0)} ms`)
    return answer
  }

  const { app, environment } = ground
  const url = environment['DATABASE_URL'] ?? ''
  await note('counting the whole past, once', () => tallyFacts(app, url))
  await settle(ground)
  const draw = createPictures()
  for (let round = 0; round < options.rounds; round++) {
    await note('dashboard, 30 days', () => showDashboard(app, { merchantId }))
    await note('dashboard, 200 days', () =>
      showDashboard(app, { merchantId, from: daysAgo(app.now(), 199), to: daysAgo(app.now(), 0) }),
    )
    await note('dashboard of a campaign', () => showDashboard(app, { merchantId, campaignId }))
    const stats = await note('numbers for /stats', () => statsOf(app, { merchantId, campaignId }))
    await note('picture for /stats', () =>
      draw(drawStatsPicture(textsIn('zh'), stats as Stats), STATS_SIZE),
    )
  }
  await noteExport(ground, merchantId, seen, options.say)
  return { seen, postgres: await versionOf(ground) }
}

async function openShop(
  { app, sql }: Ground,
  vouchers: number,
): Promise<{ merchantId: string; campaignId: string }> {
  const shop = await addShop(app)
  const { merchantId, storeId } = shop
  let campaignId = ''
  for (let i = 0; i < CAMPAIGNS; i++) {
    const made = await addCampaign(app, shop)
    campaignId = made.campaignId
    const [offer] = await sql<{ id: string }[]>`
      select id from offers where merchant_id = ${merchantId} and campaign_id = ${campaignId}`
    const templateId = made.templateIds[0] ?? ''
    const campaign = { merchantId, storeId, campaignId, templateId, offerId: offer?.id ?? '' }
    await fillPast(sql, campaign, vouchers / CAMPAIGNS)
  }
  // so that ranges of pages know their times, as they do after a while
  await sql`vacuum`
  return { merchantId, campaignId }
}

async function noteExport(
  { environment }: Ground,
  merchantId: string,
  seen: Seen,
  say: (line: string) => void,
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'passalong-export-'))
  try {
    const file = join(dir, 'vouchers.csv')
    const args = ['export', 'vouchers', '--merchant', merchantId, '--to', file]
    const { seconds, peakMiB } = await runCommand(environment, args)
    seen['passalong export vouchers'] = [seconds * 1000]
    if (peakMiB !== null) seen['its peak, MiB'] = [peakMiB]
    seen['its file, MiB'] = [(await stat(file)).size / 2 ** 20]
    say(`export: ${seconds} s, ${peakMiB} MiB`)
  } finally {
    await rm(dir, { recursive: true })
  }
}

function daysAgo(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10)
}
