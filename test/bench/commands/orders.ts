import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { addShop } from '../../helpers/shop.ts'
import { settle, versionOf } from '../bed.ts'
import { type Cost, runCommand } from '../command-line.ts'
import { type Ground, type GroundOptions, layGround } from '../ground.ts'

export type OrdersOptions = Omit<GroundOptions, 'people'> & {
  rounds: number
  /** Lines of the file. */
  lines: number
  say: (line: string) => void
}

const LINES_PER_ORDER = 5

/** `passalong orders import` of a file of so many lines, and of the same file again. */
export async function benchOrders(
  options: OrdersOptions,
): Promise<{ first: Cost[]; again: Cost[]; postgres: string }> {
  const done = { first: [] as Cost[], again: [] as Cost[], postgres: '' }
  for (let round = 0; round < options.rounds; round++) {
    await using ground = await layGround({ ...options, people: 0 })
    const { first, again } = await measureRound(ground, options.lines)
    done.first.push(first)
    done.again.push(again)
    done.postgres = await versionOf(ground)
    options.say(`round ${round + 1}: ${JSON.stringify({ first, again })}`)
  }
  return done
}

async function measureRound(ground: Ground, lines: number): Promise<{ first: Cost; again: Cost }> {
  const { app, sql, environment } = ground
  const { merchantId } = await addShop(app)
  const dir = await mkdtemp(join(tmpdir(), 'passalong-orders-'))
  try {
    const file = join(dir, 'orders.csv')
    await writeFile(file, fileOf(lines))
    await settle(ground)
    const args = [
      'orders',
      'import',
      file,
      '--merchant',
      merchantId,
      '--store',
      '7',
      '--map',
      'online-retail',
    ]
    const first = await runCommand(environment, args)
    const [row] = await sql<{ orders: number }[]>`
      select count(*)::integer as orders from orders where merchant_id = ${merchantId}`
    if (row?.orders !== Math.ceil(lines / LINES_PER_ORDER)) {
      throw new Error(`${row?.orders} orders were taken.`)
    }
    return { first, again: await runCommand(environment, args) }
  } finally {
    await rm(dir, { recursive: true })
  }
}

/** Orders of five lines each, as the shop system of the UCI data set writes them. */
function fileOf(lines: number): string {
  const rows = Array.from({ length: lines }, (_, i) => {
    const order = 100_000 + Math.floor(i / LINES_PER_ORDER)
    const minute = String(order % 60).padStart(2, '0')
    return `${order},${10_000 + (i % 3000)},GIFT NUMBER ${i % 3000},${1 + (i % 9)},12/1/10 8:${minute},${1 + (i % 50)}.25,C${order % 4000},United Kingdom`
  })
  const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country'
  return `${[header, ...rows].join('\n')}\n`
}
