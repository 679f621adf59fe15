import type { Crew } from './crew.ts'
import type { Mean } from './statistics.ts'
export type Pooled = {
  set: string
  vouchers: string
  way: string
  marks: (Mean & { mark: number })[]
}
export function openShop(_: unknown): unknown {
  return null
}
export async function measurePool(_: Crew, __: number): Promise<Pooled[]> {
  return []
}
