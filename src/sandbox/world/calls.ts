import type { Refusal } from '../refusals.ts'
import type { SimCall } from '../sim.ts'
import type { World } from '../world.ts'

const KEPT = 10_000

/** Notes a call of the bot's and how it ended. */
export function noteCall(
  world: World,
  method: string,
  params: Record<string, unknown>,
  refusal?: Refusal,
): void {
  const call: SimCall = {
    method,
    params,
    ok: refusal === undefined,
    violation: refusal?.violation ?? false,
    ...(refusal ? { error: { error_code: refusal.code, description: refusal.message } } : {}),
    at: world.now().toISOString(),
  }
  world.calls.push(call)
  if (world.calls.length > KEPT) world.calls.shift()
}

/** What the bot did against the specification. A test of the bot expects none. */
export function violationsOf(world: World): SimCall[] {
  return world.calls.filter((call) => call.violation)
}
