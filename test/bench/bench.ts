import { parseArgs } from 'node:util'

import { benchClaims } from './commands/claims.ts'
import { reportClaims } from './report/claims.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    connections: { type: 'string', default: '1,16,64,256,1000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    warmup: { type: 'string', default: '1' },
    people: { type: 'string', default: '30000' },
    only: { type: 'string', default: '' },
    postgres: { type: 'string', multiple: true, default: [] },
    node: { type: 'string', multiple: true, default: [] },
  },
})

const say = (line: string) => process.stderr.write(`${line}\n`)
const [command = 'claims'] = positionals

if (command === 'claims') {
  const options = {
    connections: values.connections.split(',').map(Number),
    rounds: Number(values.rounds),
    warmUp: { seconds: Number(values.warmup) },
    until: { seconds: Number(values.seconds) },
    people: Number(values.people),
    only: values.only.split(',').filter((part) => part !== ''),
    flags: values.node,
    settings: values.postgres,
    say,
  }
  const { series, postgres } = await benchClaims(options)
  process.stdout.write(await reportClaims(series, postgres, options))
}
