import { expect, test } from 'vitest'
import { castOf } from '../../../src/sandbox/page/state/cast.ts'
import type { SimGroup, SimPerson, SimState } from '../../../src/sandbox/sim.ts'

test('the people whom the sandbox names play their parts', () => {
  const state = stateOf([1, 2, 3, 4], [1, 2, 3])
  const named = [
    { id: 4, role: 'owner', name: 'Mei' },
    { id: 2, role: 'shopper', name: 'Ana' },
    { id: 1, role: 'cashier', name: 'Tom' },
  ] as const

  expect(castOf(state, named)).toEqual({ shopper: 2, member: 3, merchant: 4, group: -7 })
})

test('where nobody is named, the first person shops and the last one runs the shop', () => {
  const state = stateOf([1, 2, 3], [1, 2])

  expect(castOf(state, [])).toEqual({ shopper: 1, member: 2, merchant: 3, group: -7 })
})

test('somebody named who is not there plays nothing', () => {
  const state = stateOf([1, 2], [1])

  expect(castOf(state, [{ id: 9, role: 'shopper', name: 'Ana' }]).shopper).toBe(1)
})

test('an empty sandbox has no parts to give', () => {
  const empty = stateOf([], undefined)

  expect(castOf(empty, [])).toEqual({
    shopper: undefined,
    member: undefined,
    merchant: undefined,
    group: undefined,
  })
})

function stateOf(people: number[], members: number[] | undefined): SimState {
  const person = (id: number): SimPerson => ({
    id,
    first_name: `P${id}`,
    language_code: 'en',
    started: false,
    blocked: false,
  })
  const group = (ids: number[]): SimGroup => ({
    id: -7,
    title: 'Neighbours',
    type: 'supergroup',
    members: ids,
    administrators: [],
  })
  const bot = {
    id: 99,
    username: 'passalong_bot',
    first_name: 'Passalong',
    description: '',
    short_description: '',
    appName: 'app',
    miniAppOrigin: 'https://passalong.example',
    telegramPublicKey: '',
  }
  return { bot, people: people.map(person), groups: members ? [group(members)] : [] }
}
