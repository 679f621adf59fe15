import { InvalidArgumentError } from 'commander'

import { exponentOf } from '../domain/money.ts'

/** Checks an ISO 4217 code as it is typed. */
export function readCurrency(text: string): string {
  if (exponentOf(text) !== undefined) return text
  throw new InvalidArgumentError('Write three capitals of ISO 4217, such as GBP.')
}

/** Checks a name that people will read. */
export function readName(text: string): string {
  return readText(text, 120)
}

/** Checks an id that the merchant gave. */
export function readSourceId(text: string): string {
  return readText(text, 64)
}

/** Checks a postal address. */
export function readAddress(text: string): string {
  return readText(text, 300)
}

/** Checks who somebody is, as everywhere in the program. */
export function readPerson(text: string): string {
  if (/^[a-z]{1,20}:[A-Za-z0-9_-]{1,64}$/.test(text)) return text
  throw new InvalidArgumentError('Write a person as telegram:42.')
}

/** Checks a whole number in a range, both ends included. */
export function wholeFrom(least: number, most: number) {
  return (text: string): number => {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`)
  }
}

function readText(text: string, most: number): string {
  const tidy = text.trim()
  if (tidy !== '' && tidy.length <= most && !/\p{Cc}/u.test(tidy)) return tidy
  throw new InvalidArgumentError(`Write 1 to ${most} characters.`)
}
