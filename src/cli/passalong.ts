#!/usr/bin/env node
import { existsSync } from 'node:fs'

import { openDesk } from './desk.ts'
import { run } from './run.ts'

if (existsSync('.env')) process.loadEnvFile('.env')
process.exitCode = await run(openDesk(process), process.argv.slice(2))
