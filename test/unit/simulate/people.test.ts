import { expect, test } from 'vitest'

import { fillBasket } from '../../../src/simulate/basket.ts'
import { CATEGORIES, totalOf } from '../../../src/simulate/catalogue.ts'
import { chanceOf } from '../../../src/simulate/chance.ts'
import { THANK_YOU, WELCOME } from '../../../src/simulate/gifts.ts'
import { friendsOf, makePlayers } from '../../../src/simulate/people.ts'
import { discountOn, orderWith, wantOf, worthOf } from '../../../src/simulate/taste.ts'

const players = makePlayers(1, 60)
const gifts = [...THANK_YOU, WELCOME]
const pairs = players.flatMap((player) => gifts.map((gift) => ({ player, gift })))

test('a seed has the same people, however many more there are', () => {
  expect(makePlayers(1, 10)).toEqual(players.slice(0, 10))
  expect(makePlayers(2, 10)).not.toEqual(players.slice(0, 10))
})

test('what somebody spends where comes to all they spend', () => {
  for (const { tastes } of players) {
    expect(CATEGORIES.reduce((sum, name) => sum + tastes[name], 0)).toBeCloseTo(1)
  }
})

test('friends see each other, and nobody is their own', () => {
  const friends = players.map((_, i) => friendsOf(i, players.length))

  for (const [i, own] of friends.entries()) {
    expect(own).not.toContain(i)
    expect(own.every((other) => friends[other]?.includes(i))).toBe(true)
  }
})

test('a basket holds something, about what somebody usually spends, and mostly what they like', () => {
  const [player] = players
  if (!player) throw new Error('nobody is there')
  const baskets = Array.from({ length: 300 }, (_, i) =>
    fillBasket(player, chanceOf(1, 'basket', i)),
  )

  const mean = baskets.reduce((sum, lines) => sum + totalOf(lines), 0) / baskets.length
  expect(baskets.every((lines) => lines.length > 0)).toBe(true)
  expect(mean / player.basketMinor).toBeGreaterThan(0.9)
  expect(mean / player.basketMinor).toBeLessThan(1.7)
  const spent = (category: string) =>
    baskets
      .flat()
      .reduce((sum, line) => sum + (line.category === category ? line.amountMinor : 0), 0)
  const [most] = CATEGORIES.toSorted((a, b) => player.tastes[b] - player.tastes[a])
  expect(CATEGORIES.toSorted((a, b) => spent(b) - spent(a))[0]).toBe(most)
})

test('everybody may want every voucher and wants none for sure', () => {
  for (const { player, gift } of pairs) {
    const want = wantOf(1, player, gift)
    expect(want).toBeGreaterThan(0)
    expect(want).toBeLessThan(1)
  }
})

test('people are not alike: what is best for one is not best for all', () => {
  const best = players.map((player) => Math.max(...gifts.map((gift) => wantOf(1, player, gift))))
  const favourites = players.map((player, i) =>
    gifts.findIndex((gift) => wantOf(1, player, gift) === best[i]),
  )

  expect(new Set(favourites).size).toBeGreaterThan(2)
})

test('an order with a voucher comes to its minimum spend, and the voucher takes off no more than it is', () => {
  for (const { player, gift } of pairs) {
    const orderMinor = orderWith(player, gift, 0.1)
    expect(orderMinor).toBeGreaterThanOrEqual(gift.minSpendMinor ?? 1)
    expect(discountOn(gift, orderMinor)).toBeLessThanOrEqual(Math.min(orderMinor, gift.valueMinor))
  }
})

test('a percentage takes off its part of the order, up to its most', () => {
  const gift = { name: '15%', kind: 'percent_off', percentBp: 1500, valueMinor: 800 } as const

  expect([1000, 5333, 9000].map((orderMinor) => discountOn(gift, orderMinor))).toEqual([
    150, 800, 800,
  ])
})

test('what a voucher is worth is what its orders come to on average', () => {
  for (const { player, gift } of pairs.slice(0, 20)) {
    const gains = Array.from({ length: 9 }, (_, i) => {
      const orderMinor = orderWith(player, gift, (i + 0.5) / 9)
      return orderMinor / 2 - discountOn(gift, orderMinor)
    })
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / 9

    expect(worthOf(1, player, gift, { marginBp: 5000 })).toBeCloseTo(
      wantOf(1, player, gift) * mean,
      6,
    )
    expect(worthOf(1, player, gift, { marginBp: undefined })).toBe(wantOf(1, player, gift))
  }
})
