import { type Command, InvalidArgumentError } from 'commander'

import type { AppContext } from '../context.ts'
import { freezeModel, goBack } from '../usecases/freeze-model.ts'
import { type Rebuilt, rebuildModel } from '../usecases/rebuild-model.ts'
import { type ModelCard, showModels } from '../usecases/show-model.ts'
import { alignColumns } from './align-columns.ts'
import { wholeFrom } from './arguments.ts'
import { type Desk, withApp } from './desk.ts'
import { CommandFailed } from './faults.ts'
import { findMerchant } from './find-merchant.ts'
import { count } from './import/write-report.ts'

type Point = ModelCard['point']
type Options = { point?: Point; to?: number }

/** What is done with one model; answers what to say of it. */
type Deed = (
  app: AppContext,
  merchantId: string,
  model: ModelCard,
  options: Options,
) => Promise<string>

/** Everything about what a merchant's vouchers and offers are chosen by. */
export function modelCommands(parent: Command, desk: Desk): void {
  const show = command(parent, 'show', 'Show what chooses, and the versions that are kept.')
  show.action(doing(desk, async (_app, _merchantId, model) => describe(model)))

  const freeze = command(parent, 'freeze', 'Stop learning; the version that decides goes on.')
  freeze.action(doing(desk, freezing(true)))
  const thaw = command(parent, 'thaw', 'Learn again, also what came while it was frozen.')
  thaw.action(doing(desk, freezing(false)))

  const back = command(
    parent,
    'back',
    'Let an older version decide again, and stop learning there.',
  )
  back
    .option(
      '--to <version>',
      'one that is kept, or 0: nothing learnt (default: the one before)',
      wholeFrom(0, 2 ** 31 - 1),
    )
    .action(doing(desk, goingBack))

  const rebuild = command(
    parent,
    'rebuild',
    'Learn everything anew, and say whether it comes out the same.',
  )
  rebuild.action(
    doing(desk, async (app, merchantId, { point }) =>
      told(await rebuildModel(app, merchantId, point)),
    ),
  )
}

function command(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .argument('<merchant>', 'whose it is, e.g. mer_01jd5n7x2kq8r4w1c3ve')
    .option('--point <point>', 'voucher or offer: what is chosen (default: both)', readPoint)
    .addHelpText('after', AFTERWORD)
}

function readPoint(text: string): Point {
  if (text === 'voucher' || text === 'offer') return text
  throw new InvalidArgumentError('Write voucher or offer.')
}

function doing(desk: Desk, deed: Deed) {
  return (merchant: string, options: Options) =>
    withApp(desk, async ({ app }) => {
      const { id, name } = await findMerchant(app, merchant)
      const models = await showModels(app, id, options.point)
      if (models.length === 0) {
        throw new CommandFailed(`Nothing was chosen at ${name} yet, so there is no model.`)
      }
      for (const model of models) {
        desk.out.write(`${model.point}: ${await deed(app, id, model, options)}\n`)
      }
    })
}

function describe({ version, isFrozen, stoppedAt, outcomes, learnt, states }: ModelCard): string {
  const rows = states.map((state) => [
    state.version === version ? '  *' : '',
    `version ${state.version}`,
    `${state.learnt} learnt`,
    `${Math.ceil(state.bytes / 1024)} KB`,
    state.madeAt.toISOString(),
  ])
  return [
    `version ${version} decides`,
    `${count(learnt ?? 0, 'answer')} learnt, ${outcomes} noted`,
    ...(isFrozen ? ['frozen'] : []),
    ...(stoppedAt ? [`stopped at ${stoppedAt.toISOString()}: everybody gets the preset`] : []),
  ]
    .join('; ')
    .concat('\n', alignColumns(rows))
    .trimEnd()
}

function freezing(isFrozen: boolean): Deed {
  return async (app, merchantId, { point }) => {
    const isChanged = await freezeModel(app, merchantId, point, isFrozen)
    const done = isFrozen ? 'it learns nothing more' : 'it learns again'
    return isChanged ? done : isFrozen ? 'it was frozen already' : 'it was not frozen'
  }
}

async function goingBack(
  app: AppContext,
  merchantId: string,
  { point, version, states }: ModelCard,
  { to }: Options,
): Promise<string> {
  const went = await goBack(app, merchantId, point, to)
  if (went !== undefined) {
    return `version ${went} decides instead of ${version}, and learns nothing until \`passalong model thaw ${merchantId} --point ${point}\``
  }
  if (to === version) return `version ${version} decides already`
  const kept = states.map((state) => state.version).join(', ')
  throw new CommandFailed(
    to === undefined
      ? `At ${point}, nothing is before version ${version}.`
      : `At ${point}, version ${to} is not kept${kept ? `, only ${kept}` : ''}.`,
  )
}

function told(rebuilt: Rebuilt): string {
  switch (rebuilt.outcome) {
    case 'none':
      return 'there is no model'
    case 'identical':
      return `${count(rebuilt.count, 'answer')} learnt anew: the same to the last bit`
    case 'rebuilt':
      return `${count(rebuilt.count, 'answer')} learnt anew: not what was there, so version ${rebuilt.version} of it decides`
    case 'overtaken':
      return 'it learnt something meanwhile: try again'
  }
}

const AFTERWORD = `
  passalong model back mer_01jd5n7x2kq8r4w1c3ve --point voucher --to 41
  passalong model thaw mer_01jd5n7x2kq8r4w1c3ve --point voucher`
