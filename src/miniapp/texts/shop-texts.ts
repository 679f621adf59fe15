import { shopEn } from './shop-en.ts'
import { shopZh } from './shop-zh.ts'
import type { Language } from './texts.ts'

export type ShopTexts = typeof shopEn

export function shopTextsIn(language: Language): ShopTexts {
  return { en: shopEn, zh: shopZh }[language]
}
