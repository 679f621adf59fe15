import type { AppContext } from '../context.ts'
import type { Logged } from '../matching/decide.ts'
import { KIND_FEATURES, PERSON_FEATURES } from '../matching/features.ts'
import { type PersonData, personData } from '../store/person-data.ts'

export type PersonExport = PersonData & { exportedAt: Date }

/** Everything that is kept of a person, at all merchants, as it is at this moment. */
export async function exportPerson(app: AppContext, personId: string): Promise<PersonExport> {
  const data = await personData(app.db, personId)
  const merchants = data.merchants.map((kept) => ({
    ...kept,
    decisions: kept.decisions.map((decision) => ({
      ...decision,
      candidates: withNames(decision['candidates']),
    })),
  }))
  return { exportedAt: app.now(), ...data, merchants }
}

/** What the model was told of somebody, each number by the name of its feature. */
function withNames(candidates: unknown): unknown {
  if (Array.isArray(candidates)) return candidates
  const { x, arms, ...logged } = candidates as Logged
  return {
    ...logged,
    x: named(PERSON_FEATURES, x),
    arms: arms.map(({ z, ...arm }) => ({ ...arm, z: named(KIND_FEATURES, z) })),
  }
}

function named(features: readonly { name: string }[], values: readonly number[]) {
  return Object.fromEntries(features.map(({ name }, i) => [name, values[i]]))
}
