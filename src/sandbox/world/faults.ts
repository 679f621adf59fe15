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

/**
 * Meets the fault that was planted for this call: throws what the bot is told, or returns the kind
 * that has no answer.
 */
export function meetFault(
  world: World,
  method: string,
  chat: unknown,
): 'timeout' | 'cut-after-send' | undefined {
  const fault = takeFault(world, method, chat)
  if (fault?.kind === '429') throw tooMany(fault.retryAfter ?? 1)
  if (fault?.kind === '500') throw new Refusal(500, 'Internal Server Error')
  if (fault?.kind !== 'migrate') return fault?.kind
  const group = groupOf(world, Number(chat))
  throw movedTo(group.migratedTo ?? migrate(world, group))
}

function takeFault(world: World, method: string, chat: unknown): Fault | undefined {
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

export function movedTo(id: number): Refusal {
  return new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    parameters: { migrate_to_chat_id: id },
  })
}
