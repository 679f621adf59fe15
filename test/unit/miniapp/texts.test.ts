import { expect, test } from 'vitest'

import { en } from '../../../src/miniapp/texts/en.ts'
import { shopEn } from '../../../src/miniapp/texts/shop-en.ts'
import { shopZh } from '../../../src/miniapp/texts/shop-zh.ts'
import { languageOf } from '../../../src/miniapp/texts/texts.ts'
import { zh } from '../../../src/miniapp/texts/zh.ts'

test('English and Chinese have the same keys, none of them empty', () => {
  const english = leavesOf({ ...en, ...shopEn })
  const chinese = leavesOf({ ...zh, ...shopZh })

  expect(chinese.map(([key]) => key).toSorted()).toEqual(english.map(([key]) => key).toSorted())
  for (const [key, text] of [...english, ...chinese]) expect(text, key).not.toBe('')
})

test('what only staff read has names of its own', () => {
  expect(Object.keys(shopEn).filter((name) => name in en)).toEqual([])
})

test('every text with something to fill in fills it in, in both languages', () => {
  for (const texts of [en, zh, shopEn, shopZh]) {
    for (const [key, text] of leavesOf(texts)) {
      if (typeof text === 'function') expect(text('77', '77'), key).toMatch(/77|0\.77|9\.92/)
    }
  }
})

test('whoever speaks any Chinese gets Chinese, everybody else English', () => {
  const spoken = ['zh', 'zh-Hans', 'zh_TW', 'ZH-CN', 'en', 'en-GB', 'ru', 'zhuang', '']

  expect(spoken.map(languageOf)).toEqual(['zh', 'zh', 'zh', 'zh', 'en', 'en', 'en', 'en', 'en'])
})

type Leaf = string | ((...words: string[]) => string)

function leavesOf(texts: object, path = ''): [string, Leaf][] {
  return Object.entries(texts).flatMap(([key, value]: [string, Leaf | object]): [string, Leaf][] =>
    typeof value === 'object' ? leavesOf(value, `${path}${key}.`) : [[path + key, value as Leaf]],
  )
}
