import { useMemo } from 'preact/hooks'

import type { Shop } from '../api/answers.ts'
import { ApiProblem } from '../api/problem.ts'
import { type ShopWords, shopWordsOf } from '../words/shop-words.ts'
import { useApp, useWords } from './use-app.ts'
import type { Desk } from './workplace.ts'

/** The shop that somebody works at now; screens for staff are shown only where there is one. */
export function useDesk(): Desk & { shop: Shop } {
  const { workplace } = useApp()
  const desk = workplace.desk.value
  const shop = workplace.shop.value
  if (!desk || !shop) throw new ApiProblem('refused', { code: 'ERR_NOT_ALLOWED' })
  return { ...desk, shop }
}

export function useShopWords(): ShopWords {
  const words = useWords()
  return useMemo(() => shopWordsOf(words), [words])
}
