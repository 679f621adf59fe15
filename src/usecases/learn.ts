import { setImmediate } from 'node:timers/promises'

import type { AppContext } from '../context.ts'
import { readLogged, readPriors } from '../matching/kept.ts'
import {
  beginning,
  countLearnt,
  encodeLearnt,
  fold,
  type Learnt,
  type Lesson,
  POINTS,
  type Point,
  usualPriors,
} from '../matching/learner.ts'
import type { Prior } from '../matching/model.ts'
import { openDatabase } from '../store/database.ts'
import { allMerchants } from '../store/merchants.ts'
import { isBehind, learningModel, pruneStates, saveState } from '../store/models.ts'
import { lessonsAfter, type StoredLesson } from '../store/outcomes.ts'
import { gatherOutcomes } from './gather-outcomes.ts'
import { digestOf, goodStateUpTo } from './good-state.ts'
import { paceCampaigns } from './pace-campaigns.ts'

/** The first time a merchant's whole past is looked at. */
const DEADLINE_MS = 10 * 60_000
/** Nobody else's claims wait for longer than this and one lesson. */
const HOLD_MS = 4
const PAGE = 500
/** What is left over is learnt the next time. */
const MOST_AT_A_TIME = 50_000

/** The same on a connection of its own, for it may take long. */
export async function learnApart(app: AppContext, directUrl: string): Promise<number> {
  const db = openDatabase(directUrl, { connections: 1, deadlineMs: DEADLINE_MS, prepare: false })
  try {
    return await learn({ ...app, db })
  } finally {
    await db.close()
  }
}

/**
 * Learns from what came of decisions: for each merchant and point what is new is noted, folded onto the state
 * that decides, and kept as the next version. Then campaigns are paced. What goes wrong with one keeps no
 * other waiting. Answers how much was noted and learnt.
 *
 * @patent 12
 */
export async function learn(app: AppContext): Promise<number> {
  const faults: unknown[] = []
  let done = 0
  for (const { id } of await allMerchants(app.db)) {
    try {
      for (const point of POINTS) done += await learnAt(app, id, point)
      await paceCampaigns(app, id)
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, 'Not everything was learnt.')
  return done
}

async function learnAt(app: AppContext, merchantId: string, point: Point): Promise<number> {
  const usual = usualPriors(point)
  const model = await learningModel(app.db, merchantId, point, usual)
  if (!model) return 0
  const gathered = await gatherOutcomes({ db: app.db, merchantId, point }, model.gatheredUntil)
  if (model.isFrozen || !(await isBehind(app.db, merchantId, point))) return gathered

  const { version } = model
  const priors = readPriors(model.priors, point) ?? usual
  const good = await goodStateUpTo(app, merchantId, point, version)
  const from = good ?? { version: 0, reached: 0, learnt: beginning(priors) }
  const { reached, count } = await foldOn(app, { merchantId, point, priors }, from, MOST_AT_A_TIME)
  // a state that was broken is made good even where nothing is new
  if (count === 0 && from.version === version) return gathered
  await keep(app, merchantId, point, { began: version, reached, learnt: from.learnt })
  await pruneStates(app.db, merchantId, point)
  return gathered + count
}

export type FoldPlace = { merchantId: string; point: Point; priors: readonly Prior[] }

/** Folds what comes after a position onto what was learnt before, which changes. */
export async function foldOn(
  { db }: Pick<AppContext, 'db'>,
  { merchantId, point, priors }: FoldPlace,
  { reached, learnt }: { reached: number; learnt: Learnt },
  most: number,
  upTo = Number.POSITIVE_INFINITY,
): Promise<{ reached: number; count: number }> {
  let at = reached
  let count = 0
  while (count < most) {
    const page = await lessonsAfter(db, merchantId, point, at, PAGE)
    const lessons = page.filter(({ position }) => position <= upTo)
    let since = performance.now()
    for (const stored of lessons) {
      const lesson = lessonOf(stored)
      if (lesson) fold(learnt, point, lesson, priors)
      if (performance.now() - since < HOLD_MS) continue
      await setImmediate()
      since = performance.now()
    }
    count += lessons.length
    at = lessons.at(-1)?.position ?? at
    if (lessons.length < PAGE) break
  }
  return { reached: at, count }
}

/** Nothing where it cannot be learnt from. */
export function lessonOf(stored: StoredLesson): Lesson | undefined {
  const { stage, answer, chosenId, orderMinor, costMinor } = stored
  const logged = readLogged(stored.candidates)
  const arm = logged?.arms.find(({ id }) => id === chosenId)
  if (!logged || !arm) return undefined
  return {
    stage,
    person: logged.x,
    arm: arm.id,
    kind: arm.z,
    answer,
    ...(orderMinor !== null && costMinor !== null && { paid: { orderMinor, costMinor } }),
  }
}

/**
 * Keeps what was learnt as the next version, if the one that it began from still decides, and learning is not
 * frozen or somebody has asked for it.
 */
export function keep(
  { db }: Pick<AppContext, 'db'>,
  merchantId: string,
  point: Point,
  { began, reached, learnt }: { began: number; reached: number; learnt: Learnt },
  isAskedFor = false,
): Promise<number | undefined> {
  const state = encodeLearnt(learnt)
  const digest = digestOf(state)
  const kept = { began, reached, learnt: countLearnt(learnt), state, digest, isAskedFor }
  return saveState(db, merchantId, point, kept)
}
