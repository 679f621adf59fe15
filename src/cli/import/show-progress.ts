import { SingleBar } from 'cli-progress'

import type { Progress } from '../../orders/source.ts'
import { count } from './write-report.ts'

export type ProgressDisplay = {
  update(progress: Progress, orders: number): void
  stop(): void
}

/** A bar on a terminal; in a pipe a line for every tenth. */
export function showProgress(to: NodeJS.WritableStream & { isTTY?: boolean }): ProgressDisplay {
  return to.isTTY ? showBar(to) : writeLines(to)
}

function showBar(to: NodeJS.WritableStream): ProgressDisplay {
  const bar = new SingleBar({
    stream: to,
    format: '{bar} {percentage} %{soFar}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  })
  bar.start(1, 0, { soFar: '' })
  return {
    update: ({ bytesDone, bytesTotal }, orders) => {
      bar.setTotal(bytesTotal)
      bar.update(bytesDone, { soFar: soFar(orders) })
    },
    stop: () => bar.stop(),
  }
}

function writeLines(to: NodeJS.WritableStream): ProgressDisplay {
  let told = 0
  return {
    update: ({ bytesDone, bytesTotal }, orders) => {
      const tenth = Math.floor((10 * bytesDone) / bytesTotal)
      if (tenth === told) return
      told = tenth
      to.write(`${tenth * 10} %${soFar(orders)}\n`)
    },
    stop: () => undefined,
  }
}

/** Nothing before the first batch is in: a file is read through before, and may be a batch only. */
function soFar(orders: number): string {
  return orders === 0 ? '' : `  ${count(orders, 'order')}`
}
