import type { SimState } from '../../sim.ts'
import type { NamedPerson } from '../api/sandbox-info.ts'

/** Who holds which phone when the page opens. */
export interface Cast {
  shopper: number | undefined
  member: number | undefined
  merchant: number | undefined
  group: number | undefined
}

/**
 * Takes the people whom the sandbox names; without names the last person runs the shop, the first
 * one shops, and the group is seen by a member who does neither.
 */
export function castOf(state: SimState, named: readonly NamedPerson[]): Cast {
  const people = state.people.map((person) => person.id)
  const played = (role: NamedPerson['role']) =>
    named.find((one) => one.role === role && people.includes(one.id))?.id

  const merchant =
    played('owner') ?? played('cashier') ?? (people.length > 1 ? people.at(-1) : undefined)
  const staff = [...staffOf(named), merchant]
  const shopper = played('shopper') ?? people.find((id) => !staff.includes(id))
  const group = state.groups.find((one) => one.members.includes(shopper ?? 0)) ?? state.groups[0]
  const members = (group?.members ?? []).filter((id) => people.includes(id))
  const member = members.find((id) => id !== shopper && !staff.includes(id)) ?? members[0]
  return { shopper, member, merchant, group: group?.id }
}

function staffOf(named: readonly NamedPerson[]): number[] {
  return named.filter((one) => one.role === 'owner' || one.role === 'cashier').map((one) => one.id)
}
