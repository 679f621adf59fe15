import { Refusal, tooMany } from '../refusals.ts'
import type { Fault } from '../sim.ts'
import type { World } from '../world.ts'
import { groupOf, migrate } from './groups.ts'

export interface PlantedFault extends Fault {
  left: number
}

export function plantFault(world: World, fault: Fault): Fault[] {
  world.faults.push({ ...fault, left: fault.times })
  return faultsOf(world)
}

export function faultsOf(world: World): Fault[] {
  return world.faults.map(({ left, ...fault }) => ({ ...fault, times: left }))
}

/** Takes the fault that this call meets, if there is one. */
export function takeFault(world: World, method: string, chat: unknown): Fault | undefined {
  const fault = world.faults.find(
    (one) =>
      (one.method ? one.method === method : method !== 'getUpdates') &&
      (one.chat === undefined || String(one.chat) === String(chat)),
  )
  if (!fault) return undefined
  fault.left--
  if (fault.left <= 0) world.faults.splice(world.faults.indexOf(fault), 1)
  return fault
}

/** What the bot is told; the two faults without an answer are the route's business. */
export function refusalOf(world: World, fault: Fault, chat: unknown): Refusal | undefined {
  if (fault.kind === '429') return tooMany(fault.retryAfter ?? 1)
  if (fault.kind === '500') return new Refusal(500, 'Internal Server Error')
  if (fault.kind !== 'migrate') return undefined
  const group = groupOf(world, Number(chat))
  return movedTo(group.migratedTo ?? migrate(world, group))
}

export function movedTo(id: number): Refusal {
  return new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    parameters: { migrate_to_chat_id: id },
  })
}
