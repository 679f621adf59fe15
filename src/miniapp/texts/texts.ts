import { en } from './en.ts'
import { zh } from './zh.ts'

export type Texts = typeof en

export type Language = 'en' | 'zh'

/** Chinese for whoever speaks any kind of it, English for everybody else. */
export function languageOf(tag: string): Language {
  return /^zh(?![a-z])/i.test(tag) ? 'zh' : 'en'
}

export function textsIn(language: Language): Texts {
  return { en, zh }[language]
}
