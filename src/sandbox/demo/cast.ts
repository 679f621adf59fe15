import type { NewPerson } from '../sim.ts'

/** Who plays what in the demo. */
type Role = 'shopper' | 'member' | 'owner' | 'cashier'

export type Player = NewPerson & { id: number; role: Role }

/** The people of the demo shop: its owner and cashier, a shopper, and the group she shares into. */
export const CAST: readonly Player[] = [
  {
    id: 1001,
    role: 'shopper',
    first_name: 'Ana',
    last_name: 'Silva',
    username: 'anasilva',
    started: true,
  },
  { id: 1002, role: 'member', first_name: 'Ben', username: 'benfromno12', started: true },
  { id: 1003, role: 'member', first_name: 'Chloe', last_name: 'Martin', started: true },
  { id: 1004, role: 'member', first_name: '大伟', language_code: 'zh-hans', started: true },
  { id: 1005, role: 'member', first_name: 'Elif', last_name: 'Kaya' },
  { id: 1006, role: 'member', first_name: 'Farid' },
  { id: 1007, role: 'member', first_name: '小雨', last_name: '陈', language_code: 'zh-hans' },
  { id: 1008, role: 'member', first_name: 'Grace', last_name: 'Okafor', started: true },
  { id: 1009, role: 'member', first_name: 'Hugo' },
  { id: 1010, role: 'member', first_name: 'Isla', last_name: 'Fraser' },
  { id: 2001, role: 'owner', first_name: 'Mei', last_name: 'Tan', started: true },
  { id: 2002, role: 'cashier', first_name: 'Tom', started: true },
]

/** Members of the group who bought something before, so that they are known to the shop. */
export const KNOWN_MEMBERS: readonly { id: number; orderNumber: string }[] = [
  { id: 1002, orderNumber: 'L-1188' },
  { id: 1003, orderNumber: 'L-1190' },
  { id: 1004, orderNumber: 'L-1193' },
  { id: 1008, orderNumber: 'L-1197' },
]

export const GROUP_TITLE = 'Neighbours of Elm Street'

export function personIdOf({ id }: { id: number }): string {
  return `telegram:${id}`
}
