import { type ShopTexts, shopTextsIn } from '../texts/shop-texts.ts'
import type { Texts } from '../texts/texts.ts'
import type { Words } from './words.ts'

/** The same words, with those that only staff read. */
export type ShopWords = Omit<Words, 'texts'> & { texts: Texts & ShopTexts }

export function shopWordsOf(words: Words): ShopWords {
  return { ...words, texts: { ...words.texts, ...shopTextsIn(words.language) } }
}
