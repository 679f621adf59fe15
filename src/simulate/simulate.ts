import { readConfig } from '../config.ts'
import type { AppContext } from '../context.ts'
import type { MatchingReport } from '../domain/views.ts'
import type { Logged } from '../matching/decide.ts'
import { openApp } from '../open-app.ts'
import { openDatabase } from '../store/database.ts'
import { newestDecisions } from '../store/decisions.ts'
import { auditBooks } from '../usecases/audit-books.ts'
import { campaignsOf } from '../usecases/list-campaigns.ts'
import { changeMatching } from '../usecases/matching-settings.ts'
import { changeSettings } from '../usecases/person-settings.ts'
import { showMatching } from '../usecases/show-matching.ts'
import type { Diary } from './diary.ts'
import { type Figures, figuresOf } from './figures.ts'
import { type KnownDecision, type Learnt, learntOf } from './learnt.ts'
import { openLuma } from './luma.ts'
import { type OwnServer, USUAL_DATABASE } from './own-database.ts'
import { makePlayers, type Player } from './people.ts'
import type { PlayedShop } from './play.ts'
import { playWeeks } from './weeks.ts'

/** Who decides what people get: the model, chance, or nobody, so that everybody gets the preset voucher. */
export type Policy = 'model' | 'random' | 'preset'

export type SimulationRequest = {
  seed: number
  weeks: number
  people: number
  ordersPerDay: number
  /** The shop's own part of an order, in basis points; left out: vouchers that are spent count. */
  marginBp?: number | undefined
  controlBp: number
  /** In minor units, of the larger campaign; the other has half of that. */
  budgetMinor: number
}

/** A shop as it was played under a policy. */
export type PlayedPolicy = {
  policy: Policy
  figures: Figures
  budgets: Budget[]
  learnt: Learnt
  /** What the program itself tells the shop. */
  reports: MatchingReport[]
  /** How many things `passalong audit` finds wrong. */
  findings: number
}

/** In minor units: planned, given away at most, and what the vouchers took off. */
export type Budget = { name: string; budgetMinor: number; issuedMinor: number; spentMinor: number }

/** Moving a long past by a day takes a while. */
const DEADLINE_MS = 10 * 60_000

/** Nobody is written to. */
const BOT = { id: 0, username: '', token: '' }

/**
 * Plays weeks of one shop and its people under a policy, in a database of its own, and compares with the
 * truth. The same request gives the same figures, on whatever day.
 */
export async function simulate(
  server: Pick<OwnServer, 'environmentFor'>,
  policy: Policy,
  request: SimulationRequest,
  { log, onDay }: { log: AppContext['log']; onDay: (day: number) => void },
): Promise<PlayedPolicy> {
  const name = policy === 'model' ? USUAL_DATABASE : `${USUAL_DATABASE}_${policy}`
  const opened = await openApp(readConfig(await server.environmentFor(name)), log, BOT)
  const db = openDatabase(opened.directUrl, { deadlineMs: DEADLINE_MS })
  try {
    const played = await play({ ...opened.app, db }, policy, request, onDay)
    return { ...played, findings: (await auditBooks(opened.directUrl)).length }
  } finally {
    await db.close()
    await opened.close()
  }
}

async function play(
  app: AppContext,
  policy: Policy,
  request: SimulationRequest,
  onDay: (day: number) => void,
): Promise<Omit<PlayedPolicy, 'findings'>> {
  const { seed, ordersPerDay, marginBp } = request
  const players = makePlayers(seed, request.people)
  const shop = await openShop(app, policy, request)
  if (policy === 'preset') await leaveTastesOut(app, players)
  const days = 7 * request.weeks
  const diary = await playWeeks(app, {
    ...{ seed, players, shop, ordersPerDay, days, onDay },
    lastDay: lastSunday(app.now(), shop.zone),
  })
  return {
    policy,
    figures: figuresOf(diary, { seed, players, days, aim: { marginBp } }),
    budgets: await budgetsOf(app, shop, diary),
    learnt: learntOf(seed, await knownDecisions(app, shop, players)),
    reports: (await showMatching(app, shop.merchantId)).reports,
  }
}

async function openShop(
  app: AppContext,
  policy: Policy,
  { weeks, budgetMinor, marginBp, controlBp }: SimulationRequest,
): Promise<PlayedShop> {
  const isRandom = policy === 'random'
  const shop = await openLuma(app, { days: 7 * weeks, budgetMinor, isRandom })
  await changeMatching(app, {
    merchantId: shop.merchantId,
    change: { marginBp: marginBp ?? null, controlBp },
  })
  return shop
}

/** Whoever wants nothing personal gets the preset voucher. */
async function leaveTastesOut(app: AppContext, players: readonly Player[]): Promise<void> {
  for (const { personId } of players) await changeSettings(app, personId, { personal: false })
}

/** Weeks end on a Sunday, so that their weekends lie where they do whenever they are played. */
function lastSunday(now: Date, zone: string): Temporal.PlainDate {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  return today.toPlainDate().subtract({ days: today.dayOfWeek })
}

async function budgetsOf(
  app: AppContext,
  { merchantId, campaigns }: PlayedShop,
  { openings }: Diary,
): Promise<Budget[]> {
  const shown = await campaignsOf(app, merchantId)
  return campaigns.flatMap(({ campaignId, gifts }) => {
    const campaign = shown.find((one) => one.campaignId === campaignId)
    if (!campaign) return []
    const { name, budgetMinor, issuedMinor } = campaign
    const spent = openings.flatMap(({ given, spent }) =>
      given && spent && gifts.includes(given) ? spent.discountMinor : [],
    )
    return { name, budgetMinor, issuedMinor, spentMinor: spent.reduce((sum, one) => sum + one, 0) }
  })
}

/** So many of the newest say what the model has come to believe. */
const NEWEST = 300

/** The newest decisions that the model made, with the people and gifts that are behind the ids in them. */
async function knownDecisions(
  app: AppContext,
  { merchantId, campaigns }: PlayedShop,
  players: readonly Player[],
): Promise<KnownDecision[]> {
  const playerById = new Map(players.map((player) => [player.personId, player]))
  const giftByName = new Map(
    campaigns.flatMap(({ gifts }) => gifts.map((gift) => [gift.name, gift])),
  )
  const templates = (await campaignsOf(app, merchantId)).flatMap((campaign) => campaign.templates)
  const gifts = new Map(
    templates.flatMap(({ templateId, name }) => {
      const gift = giftByName.get(name)
      return gift ? [[templateId, gift] as const] : []
    }),
  )
  const newest = await newestDecisions(app.db, merchantId, 'voucher', NEWEST)
  return newest.flatMap(({ personId, chosenBy, candidates }) => {
    const player = playerById.get(personId)
    return player && chosenBy === 'match' ? { player, logged: candidates as Logged, gifts } : []
  })
}
