import { randomBytes, randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { type Config, isSandbox } from './config.ts'
import { newKey } from './tokens/key-ring.ts'

/** What nobody else may know: the keys of tokens and the bot's own. */
export type Secrets = { tokenKeys: string; botToken: string }

/** The secrets of the environment; in the sandbox those missing are made once and kept in DATA_DIR. */
export function readSecrets(config: Config): Secrets {
  const made = isSandbox(config) ? madeOnce(config.DATA_DIR) : undefined
  return {
    tokenKeys: config.TOKEN_KEYS ?? made?.tokenKeys ?? '',
    botToken: config.BOT_TOKEN ?? made?.botToken ?? '',
  }
}

function madeOnce(directory: string): Secrets {
  const path = join(directory, 'secrets.json')
  try {
    // 'wx' lets only one of two first starts write
    mkdirSync(directory, { recursive: true })
    writeFileSync(path, JSON.stringify(newSecrets()), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return JSON.parse(readFileSync(path, 'utf8')) as Secrets
}

function newSecrets(): Secrets {
  return {
    tokenKeys: newKey('sandbox'),
    botToken: `${randomInt(1_000_000_000, 9_999_999_999)}:${randomBytes(27).toString('base64url')}`,
  }
}
