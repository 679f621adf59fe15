import type { Desk } from '../state/desk.ts'

/** The Mini App's invented origin stands for this machine. */
export function onThisMachine(desk: Desk, address: string): string {
  const url = URL.parse(address)
  const invented = desk.world.peek()?.bot.miniAppOrigin
  if (!url || url.origin !== invented) return address
  return location.origin + url.pathname + url.search + url.hash
}
