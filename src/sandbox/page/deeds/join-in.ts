import { type Desk, refreshWorld } from '../state/desk.ts'
import type { Phone } from '../state/phones.ts'
import { attempt } from './attempt.ts'

/** Somebody whom the shop has never seen comes into the group, and takes the phone. */
export async function joinIn(desk: Desk, phone: Phone, group: number, name: string): Promise<void> {
  const person = await attempt(phone, desk.api.addPerson({ first_name: name }))
  if (!person) return
  await attempt(phone, desk.api.setMember(group, { member: person.id, status: 'member' }))
  await refreshWorld(desk)
  phone.person.value = person.id
}
