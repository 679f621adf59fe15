import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { addCampaign, addShop } from '../../helpers/shop.ts'
import { settle, versionOf } from '../bed.ts'
import { type Cost, runCommand } from '../command-line.ts'
import { fillVouchers } from '../fill.ts'
import { type Ground, type GroundOptions, layGround } from '../ground.ts'
import { openPlaces } from '../places.ts'

export type CodesOptions = Omit<GroundOptions, 'people'> & {
  rounds: number
  /** How many codes; each size has a database of its own in each round. */
  sizes: readonly number[]
  /** How many vouchers are there already. */
  vouchers: number
  say: (line: string) => void
}

/** A number of codes made by the command, and the same rows copied into a table of the same form. */
export type CodesRound = Cost & {
  size: number
  /** From the beginning of the batch to its end, by the database's clock: without the start of a process. */
  batchSeconds: number
  /** Plain COPY, in the order in which the product had written the rows. */
  copySeconds: number
  /** Plain COPY in the order of their positions, which is one of chance for the index of codes. */
  copyByPositionSeconds: number
  mebibytes: number
}

/** `passalong codes make` beside a plain COPY of the same rows in the same run. */
export async function benchCodes(
  options: CodesOptions,
): Promise<{ rounds: CodesRound[]; postgres: string }> {
  const rounds: CodesRound[] = []
  let postgres = ''
  for (let round = 0; round < options.rounds; round++) {
    for (const size of options.sizes) {
      await using ground = await layGround({ ...options, people: 0 })
      rounds.push(await measureRound(ground, size, options.vouchers))
      postgres = await versionOf(ground)
      options.say(`round ${round + 1}: ${JSON.stringify(rounds.at(-1))}`)
    }
  }
  return { rounds, postgres }
}

async function measureRound(ground: Ground, size: number, vouchers: number): Promise<CodesRound> {
  const { app, sql, environment } = ground
  const shop = await addShop(app)
  const { templateIds } = await addCampaign(app, shop)
  const templateId = templateIds[0] ?? ''
  await fillVouchers(sql, await openPlaces(ground, shop), vouchers)
  await settle(ground)
  const into = ['--merchant', shop.merchantId, '--template', templateId]
  const cost = await runCommand(environment, ['codes', 'make', ...into, '--count', String(size)])
  const [batch] = await sql<{ seconds: number; made: number }[]>`
    select extract(epoch from finished_at - created_at)::float8 as seconds, made from code_batches
    where merchant_id = ${shop.merchantId}`
  if (batch?.made !== size) throw new Error(`${batch?.made} codes were made.`)

  const written = await copyRows(ground, 'select * from codes order by ctid')
  const byPosition = await copyRows(ground, 'select * from codes order by position')
  return {
    size,
    ...cost,
    batchSeconds: batch.seconds,
    copySeconds: written.seconds,
    copyByPositionSeconds: byPosition.seconds,
    mebibytes: written.mebibytes,
  }
}

/** Has the server write rows to a file, and copy the file into a new table with all indexes and CHECKs. */
async function copyRows(
  { sql, ...ground }: Ground,
  rows: string,
): Promise<{ seconds: number; mebibytes: number }> {
  const dir = await mkdtemp(join(tmpdir(), 'passalong-copy-'))
  const file = join(dir, 'rows')
  try {
    // the server may run as another user
    await chmod(dir, 0o777)
    await sql.unsafe(`copy (${rows}) to '${file}'`)
    await sql`create table copied (like codes including all)`
    await settle({ sql, ...ground })
    const startedAt = performance.now()
    await sql.unsafe(`copy copied from '${file}'`)
    const seconds = (performance.now() - startedAt) / 1000
    await sql`drop table copied`
    return { seconds, mebibytes: (await stat(file)).size / 2 ** 20 }
  } finally {
    await rm(dir, { recursive: true })
  }
}
