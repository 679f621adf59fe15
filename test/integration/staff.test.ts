import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'

import type { AppContext } from '../../src/context.ts'
import type { Role } from '../../src/domain/views.ts'
import { type AcceptResult, acceptInvite } from '../../src/usecases/accept-invite.ts'
import { inviteStaff } from '../../src/usecases/invite-staff.ts'
import { listStaff } from '../../src/usecases/list-staff.ts'
import { removeStaff } from '../../src/usecases/remove-staff.ts'
import { testApp } from '../helpers/app.ts'
import { addShop, people } from '../helpers/shop.ts'

const ROUNDS = 20
const [GRACE, CHLOE, ANNA] = ['telegram:1', 'telegram:2', 'telegram:3']

/** A shop that Grace owns, and what is done to its staff. */
async function withOwner(app: AppContext) {
  const { merchantId, ownerReference } = await addShop(app)
  await acceptInvite(app, { personId: GRACE, reference: ownerReference })
  const link = async (role: Role, invitedBy = GRACE) =>
    (await inviteStaff(app, { merchantId, invitedBy, role })).reference
  const open = (personId: string, reference: string) => acceptInvite(app, { personId, reference })
  return {
    link,
    open,
    join: async (personId: string, role: Role) => open(personId, await link(role)),
    remove: (personId: string) => removeStaff(app, { merchantId, personId, by: GRACE }),
    roles: async () =>
      Object.fromEntries(
        (await listStaff(app, merchantId)).map(({ personId, role }) => [personId, role]),
      ),
  }
}

test('a removed owner does not come back by a link of her own, and nobody else by it', async () => {
  await using app = await testApp()
  const { join, link, open, remove, roles } = await withOwner(app)
  await join(CHLOE, 'owner')
  const reference = await link('owner', CHLOE)

  expect(await remove(CHLOE)).toBe(true)

  expect(await open(CHLOE, reference)).toEqual({ outcome: 'expired' })
  expect(await open(ANNA, reference)).toEqual({ outcome: 'expired' })
  expect(await roles()).toEqual({ [GRACE]: 'owner' })
})

test('a link that is made while its maker is removed gives nothing', async () => {
  await using app = await testApp()
  const { join, link, open, remove, roles } = await withOwner(app)
  await join(CHLOE, 'owner')

  await meeting<boolean | AcceptResult>(app, 'staff', () => [
    remove(CHLOE),
    link('owner', CHLOE).then((reference) => open(CHLOE, reference)),
  ])

  expect(await open(CHLOE, await link('owner', CHLOE))).toEqual({ outcome: 'expired' })
  expect(await roles()).toEqual({ [GRACE]: 'owner' })
})

test('links made before a removal stay dead when their maker is owner again', async () => {
  await using app = await testApp()
  const { join, link, open, remove } = await withOwner(app)
  await join(CHLOE, 'owner')
  const reference = await link('owner', CHLOE)
  await remove(CHLOE)

  expect(await join(CHLOE, 'owner')).toMatchObject({ outcome: 'joined', role: 'owner' })
  expect(await open(ANNA, reference)).toEqual({ outcome: 'expired' })
})

test('an owner who is removed while she opens her own links is out', async () => {
  await using app = await testApp()
  const { join, link, open, remove, roles } = await withOwner(app)

  for (let round = 0; round < ROUNDS; round += 1) {
    await join(CHLOE, 'owner')
    const links = await Promise.all(people(4).map(() => link('owner', CHLOE)))
    const [removed] = await Promise.all([
      remove(CHLOE),
      ...links.map((reference) => open(CHLOE, reference)),
    ])

    expect({ removed, roles: await roles() }).toEqual({
      removed: true,
      roles: { [GRACE]: 'owner' },
    })
  }
})

test('the last owner who opens her own link stays owner, and the link is good for another', async () => {
  await using app = await testApp()
  const { link, open, roles } = await withOwner(app)
  const reference = await link('cashier')

  expect(await open(GRACE, reference)).toMatchObject({ outcome: 'already_staff', role: 'owner' })
  expect(await open(ANNA, reference)).toMatchObject({ outcome: 'joined', role: 'cashier' })
  expect(await open(ANNA, reference)).toMatchObject({ outcome: 'already_staff', role: 'cashier' })
  expect(await open(CHLOE, reference)).toEqual({ outcome: 'used' })
  expect(await roles()).toEqual({ [GRACE]: 'owner', [ANNA]: 'cashier' })
})

test('somebody who opens several links at once takes one role and leaves the other links good', async () => {
  await using app = await testApp()
  const { link, open, remove, roles } = await withOwner(app)

  for (let round = 0; round < ROUNDS; round += 1) {
    const links = await Promise.all(
      (['owner', 'cashier', 'analyst'] as const).map((role) => link(role)),
    )
    const results = await Promise.all(links.map((reference) => open(ANNA, reference)))
    const left = links.filter((_, at) => !hasJoined(results[at]))

    expect(left).toHaveLength(2)
    expect(results).toContainEqual(
      expect.objectContaining({ outcome: 'joined', role: (await roles())[ANNA] }),
    )
    for (const reference of left) {
      await remove(CHLOE)
      expect(await open(CHLOE, reference)).toMatchObject({ outcome: 'joined' })
    }
    await Promise.all([remove(ANNA), remove(CHLOE)])
  }
})

test('a link that many open at once gives its role to one of them', async () => {
  await using app = await testApp()
  const { link, open, roles } = await withOwner(app)

  for (let round = 1; round <= 5; round += 1) {
    const reference = await link('cashier')
    const crowd = people(8, 1000 * round)
    const results = await meeting(app, 'invites', () => crowd.map((one) => open(one, reference)))

    expect(results.filter(hasJoined)).toHaveLength(1)
    expect(Object.keys(await roles())).toHaveLength(1 + round)
  }
})

test('owners who remove one another leave the shop one owner', async () => {
  await using app = await testApp()
  const { join, remove, roles } = await withOwner(app)
  await join(CHLOE, 'owner')

  const removed = await meeting(app, 'staff', () => [GRACE, CHLOE].map(remove))

  expect(removed.filter(Boolean)).toHaveLength(1)
  expect(Object.values(await roles())).toEqual(['owner'])
})

test('owners who remove one another and open links meanwhile leave the shop one owner', async () => {
  await using app = await testApp()
  const { link, open, remove, roles } = await withOwner(app)
  let [owner, other] = [GRACE, CHLOE]
  for (let round = 0; round < ROUNDS; round += 1) {
    await open(other, await link('owner', owner))
    const links = await Promise.all([link('cashier', owner), link('analyst', other)])

    const [isOwnerOut, isOtherOut] = await Promise.all([
      remove(owner),
      remove(other),
      ...links.flatMap((reference) => [owner, other, ANNA].map((one) => open(one, reference))),
    ])

    expect(isOwnerOut).toBe(!isOtherOut)
    expect(Object.values(await roles()).filter((role) => role === 'owner')).toHaveLength(1)
    if (isOwnerOut) [owner, other] = [other, owner]
    await Promise.all([remove(other), remove(ANNA)])
  }
})

function hasJoined(result: AcceptResult | undefined): boolean {
  return result?.outcome === 'joined'
}

/** Lets people meet: whatever they do waits at the rows of a table and goes on at one moment. */
async function meeting<T>(
  app: AppContext,
  table: 'invites' | 'staff',
  begin: () => Promise<T>[],
): Promise<T[]> {
  const begun = await app.db.run(({ sql }) =>
    sql.begin(async (turn) => {
      await turn`select from ${turn(table)} for update`
      const deeds = begin()
      await setTimeout(100)
      return { deeds }
    }),
  )
  return Promise.all(begun.deeds)
}
