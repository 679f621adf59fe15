import type { AppContext } from '../context.ts'
import { isControl } from '../matching/control.ts'
import { type Arm, decide, type Question, type Verdict } from '../matching/decide.ts'
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
  const control = preset !== undefined && !isStopped ? model.controlBp / 10_000 : 0
  const question: Question = {
    person,
    moment,
    arms,
    choices,
    ...(preset !== undefined && { preset }),
    stages: readyFor(app, merchantId, model, arms),
    control,
    isControl: isControl(matching.personId, control),
    isStopped: isStopped && preset !== undefined,
    ...(marginBp !== null && { margin: marginBp / 10_000 }),
    lambda,
  }
  try {
    return decide(question, app.draw())
  } catch (err) {
    if (!(err instanceof RangeError)) throw err
    app.log.warn({ err, merchantId, version: model.version }, 'the model could not decide')
    return undefined
  }
}

/** The model's stages folded for these arms, once for each version and set of arms. */
function readyFor(
  app: AppContext,
  merchantId: string,
  { point, version, learnt, priors }: CurrentModel,
  arms: readonly Arm[],
): readonly Ready[] {
  const ids = arms.map(({ id }) => id)
  const key = [merchantId, point, version, ...ids].join(' ')
  const known = app.readyModels.get(key)
  if (known) return known
  const ready = learnt.stages.map((stage, s) => makeReady(stage, ids, priors[s] ?? SHOP_PRIOR))
  app.readyModels.keep(key, ready)
  return ready
}

/** As decisions name it. */
export function modelName({ point, version }: CurrentModel): string {
  return `${point}/${version}`
}
