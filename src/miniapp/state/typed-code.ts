import { CODE_LENGTH, isMistyped, readCode, spellingsOf } from '../../domain/code.ts'

/** A code of the usual length whose check character is right: there is nothing left to type. */
export function isComplete(typed: string): boolean {
  return readCode(typed)?.length === CODE_LENGTH + 1
}

/** Whether it is worth asking the server: it may be one of ours, or one that the merchant brought along. */
export function isAskable(typed: string): boolean {
  return spellingsOf(typed).length > 0 || isMistyped(typed)
}

/** What a camera read, when it can be the code of a voucher: links are none. */
export function readScannedCode(scanned: string): string | undefined {
  const text = scanned.trim()
  return isAskable(text) ? text : undefined
}
