import type { AppContext } from '../context.ts'
import { isControl } from '../matching/control.ts'
import {
  type Arm,
  type Ground,
  type Question,
  settle,
  type Told,
  tell,
  type Verdict,
  type Weighed,
  weigh,
} from '../matching/decide.ts'
import { describeTerms, STEP } from '../matching/describe.ts'
import { usualMoney } from '../matching/money.ts'
import { SHOP_PRIOR } from '../matching/prior.ts'
import { makeReady } from '../matching/ready.ts'
import type { CurrentModel } from '../store/models.ts'

/** An arm as its merchant has set it; what it brings follows from what was learnt. */
export type ArmTerms = Omit<Arm, 'orderMinor' | 'costMinor' | 'terms'>

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
  // all that decides beside the person; of an arm's terms only its bounds may change at once
  const key = [merchantId, model.point, model.version, marginBp, isStopped, choices, preset]
    .concat(matching.arms.map(({ id, least, most }) => `${id},${least},${most}`))
    .join(' ')
  const { arms, stages } = groundFor(app, key, model, matching.arms)
  const control = preset !== undefined && !isStopped ? model.controlBp / 10_000 : 0
  const question: Question = {
    person,
    moment,
    arms,
    choices,
    ...(preset !== undefined && { preset }),
    stages,
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

/** What a decision stands on whoever asks: made once for each version and set of arms. */
function groundFor(
  app: AppContext,
  key: string,
  { learnt, priors }: CurrentModel,
  terms: readonly ArmTerms[],
): Ground {
  const known = app.grounds.get(key)
  if (known) return known
  const ids = terms.map(({ id }) => id)
  const ground = {
    arms: terms.map((arm) => ({
      ...arm,
      ...usualMoney(arm, learnt.money[arm.id]),
      terms: describeTerms(arm),
    })),
    stages: learnt.stages.map((stage, s) => makeReady(stage, ids, priors[s] ?? SHOP_PRIOR)),
  }
  app.grounds.keep(key, ground)
  return ground
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
