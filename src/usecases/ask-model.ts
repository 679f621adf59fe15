import type { AppContext } from '../context.ts'
import { isControl } from '../matching/control.ts'
import {
  type Arm,
  type Question,
  settle,
  type Told,
  tell,
  type Verdict,
  type Weighed,
  weigh,
} from '../matching/decide.ts'
import { STEP } from '../matching/features.ts'
import { usualMoney } from '../matching/money.ts'
import { SHOP_PRIOR } from '../matching/prior.ts'
import { makeReady, type Ready } from '../matching/ready.ts'
import type { CurrentModel } from '../store/models.ts'

/** An arm as its merchant has set it; what it brings follows from what was learnt. */
export type ArmTerms = Omit<Arm, 'orderMinor' | 'costMinor'>

export type Matching = Pick<Question, 'person' | 'moment' | 'lambda'> & {
  merchantId: string
  personId: string
  arms: readonly ArmTerms[]
  /** How many of them, from the first on, the model may choose. */
  choices: number
  /** The place of what they get whom the model does not decide; left out when none of it is left. */
  preset?: number
}

/**
 * Lets a merchant's model choose for a person; answers nothing when its numbers are not sound. Where there is
 * no preset left, nobody is in the control share, and the model goes on when it was to be stopped.
 */
export function askModel(
  app: AppContext,
  model: CurrentModel,
  matching: Matching,
): Verdict | undefined {
  const { merchantId, person, moment, choices, preset, lambda } = matching
  const { marginBp, isStopped } = model
  const arms = matching.arms.map((arm) => ({
    ...arm,
    ...usualMoney(arm, model.learnt.money[arm.id]),
  }))
  // terms of an arm that may change while the model stays
  const key = [merchantId, model.point, model.version, marginBp, isStopped, preset]
    .concat(arms.map(({ id, least, most }) => `${id},${least},${most}`))
    .join(' ')
  const control = preset !== undefined && !isStopped ? model.controlBp / 10_000 : 0
  const question: Question = {
    person,
    moment,
    arms,
    choices,
    ...(preset !== undefined && { preset }),
    stages: readyFor(app, key, model, arms),
    control,
    isControl: isControl(matching.personId, control),
    isStopped: isStopped && preset !== undefined,
    ...(marginBp !== null && { margin: marginBp / 10_000 }),
    lambda,
  }
  try {
    const told = tell(question)
    return settle(question, told, weighedFor(app, key, question, told), app.draw())
  } catch (err) {
    if (!(err instanceof RangeError)) throw err
    app.log.warn({ err, merchantId, version: model.version }, 'the model could not decide')
    return undefined
  }
}

/** The model's stages folded for these arms, once for each version and set of arms. */
function readyFor(
  app: AppContext,
  key: string,
  { learnt, priors }: CurrentModel,
  arms: readonly Arm[],
): readonly Ready[] {
  const known = app.readyModels.get(key)
  if (known) return known
  const ids = arms.map(({ id }) => id)
  const ready = learnt.stages.map((stage, s) => makeReady(stage, ids, priors[s] ?? SHOP_PRIOR))
  app.readyModels.keep(key, ready)
  return ready
}

/** People of whom the same is told are weighed once. */
function weighedFor(app: AppContext, key: string, question: Question, told: Told): Weighed {
  const steps = [told.x, ...told.kinds].map((values) =>
    String.fromCharCode(...values.map((value) => MIDDLE + value / STEP)),
  )
  const whole = `${key} ${question.lambda} ${steps.join('')}`
  const known = app.weighed.get(whole)
  if (known) return known
  const weighed = weigh(question, told)
  app.weighed.keep(whole, weighed)
  return weighed
}

/** Where 0 stands among the characters that features are spelt with. */
const MIDDLE = 64

/** As decisions name it. */
export function modelName({ point, version }: CurrentModel): string {
  return `${point}/${version}`
}
