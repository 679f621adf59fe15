import type { AppContext } from '../context.ts'
import { type PersonData, personData } from '../store/person-data.ts'

export type PersonExport = PersonData & { exportedAt: Date }

/** Everything that is kept of a person, at all merchants, as it is at this moment. */
export async function exportPerson(app: AppContext, personId: string): Promise<PersonExport> {
  return { exportedAt: app.now(), ...(await personData(app.db, personId)) }
}
