import type { OrderLine } from '../domain/views.ts'
import { ARTICLES, type Article, CATALOGUE, linesOf } from './catalogue.ts'
import { normalOf, placeOf } from './chance.ts'
import type { Player } from './people.ts'

/** What somebody puts into the basket: mostly of what they like, until it comes to about what they spend. */
export function fillBasket({ tastes, basketMinor }: Player, chance: () => number): OrderLine[] {
  const enough = basketMinor * Math.exp(0.4 * normalOf(chance))
  const basket: Partial<Record<Article, number>> = {}
  for (let sum = 0; sum < enough; ) {
    const article = pickArticle(tastes, chance)
    basket[article] = (basket[article] ?? 0) + 1
    sum += CATALOGUE[article][2]
  }
  return linesOf(basket)
}

function pickArticle(tastes: Player['tastes'], chance: () => number): Article {
  const weights = ARTICLES.map((article) => {
    const category = CATALOGUE[article][3]
    const alike = ARTICLES.filter((other) => CATALOGUE[other][3] === category).length
    return tastes[category] / alike
  })
  return ARTICLES[placeOf(weights, chance())] ?? 'heart'
}
