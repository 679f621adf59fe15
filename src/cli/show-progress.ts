import { SingleBar } from 'cli-progress'

import { count } from './import/write-report.ts'

export type ProgressDisplay = {
  /** How much of all is done, from 0 to 1, and how many things that are. */
  update(part: number, things: number): void
  stop(): void
}

/** A bar on a terminal; in a pipe a line for every tenth. */
export function showProgress(
  to: NodeJS.WritableStream & { isTTY?: boolean },
  thing: string,
): ProgressDisplay {
  return to.isTTY ? showBar(to, thing) : writeLines(to, thing)
}

function showBar(to: NodeJS.WritableStream, thing: string): ProgressDisplay {
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
    update: (part, things) => bar.update(part, { soFar: soFar(things, thing) }),
    stop: () => bar.stop(),
  }
}

function writeLines(to: NodeJS.WritableStream, thing: string): ProgressDisplay {
  let told = 0
  return {
    update: (part, things) => {
      const tenth = Math.floor(10 * part)
      if (tenth === told) return
      told = tenth
      to.write(`${tenth * 10} %${soFar(things, thing)}\n`)
    },
    stop: () => undefined,
  }
}

/** Nothing before the first batch is in: a file is read through before, and may be a batch only. */
function soFar(things: number, thing: string): string {
  return things === 0 ? '' : `  ${count(things, thing)}`
}
