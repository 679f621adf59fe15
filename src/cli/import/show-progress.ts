import { SingleBar } from 'cli-progress'

import type { Progress } from '../../orders/source.ts'

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
    format: '{bar} {percentage} %  {orders} orders',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  })
  bar.start(1, 0, { orders: 0 })
  return {
    update: ({ bytesDone, bytesTotal }, orders) => {
      bar.setTotal(bytesTotal)
      bar.update(bytesDone, { orders })
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
      to.write(`${tenth * 10} %  ${orders} orders\n`)
    },
    stop: () => undefined,
  }
}
