import { and, eq, isNull } from 'drizzle-orm'
import type { Language, Role, RoleAtMerchant, StaffMember } from '../domain/views.ts'
import type { Database } from './database.ts'
import { invites, staff } from './schema/stores-and-staff.ts'

/** A person's roles now: read on every update, so that a removed person loses them at once. */
export async function rolesOf(db: Database, personId: string): Promise<RoleAtMerchant[]> {
  return db.run(
    ({ sql }) => sql<RoleAtMerchant[]>`
      select s.merchant_id, m.name as merchant_name, m.currency, s.role, s.label
      from memberships b
      join staff s on s.merchant_id = b.merchant_id and s.person_id = b.person_id and s.removed_at is null
      join merchants m on m.id = s.merchant_id
      where b.person_id = ${personId}
      order by m.name, m.id`,
  )
}

export async function staffOf(db: Database, merchantId: string): Promise<StaffMember[]> {
  const { personId, role, label, joinedAt } = staff
  return db.run(({ orm }) =>
    orm
      .select({ personId, role, label, joinedAt })
      .from(staff)
      .where(and(eq(staff.merchantId, merchantId), isNull(staff.removedAt)))
      .orderBy(staff.joinedAt),
  )
}

/** Everybody who works at any merchant of this installation, with the language to speak to them. */
export async function peopleOfStaff(
  db: Database,
): Promise<{ personId: string; language: Language }[]> {
  return db.run(
    ({ sql }) => sql<{ personId: string; language: Language }[]>`
      select distinct b.person_id, coalesce(p.language, 'en') as language
      from memberships b
      left join people p on p.id = b.person_id
      where exists (
        select 1 from staff s
        where s.merchant_id = b.merchant_id and s.person_id = b.person_id and s.removed_at is null
      )
      order by b.person_id`,
  )
}

export type NewInvite = {
  id: string
  digest: string
  role: Role
  label: string
  /** Left out: whoever runs the installation. */
  invitedBy?: string | undefined
  ttlSeconds: number
  /** Of the row in the log of changes. */
  changeId: string
}

export async function addInvite(
  db: Database,
  merchantId: string,
  invite: NewInvite,
): Promise<Date> {
  const [added] = await db.run(
    ({ sql }) => sql<{ expiresAt: Date }[]>`
      with invite as (
        insert into invites (merchant_id, id, role, label, invited_by, expires_at)
        values (
          ${merchantId}, ${invite.id}, ${invite.role}, ${invite.label}, ${invite.invitedBy ?? null},
          clock_timestamp() + make_interval(secs => ${invite.ttlSeconds})
        )
        returning merchant_id, id, role, invited_by, expires_at
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select merchant_id, ${invite.changeId}, 'staff', id, 'invited', coalesce(invited_by, 'cli'),
               jsonb_build_object('after', jsonb_build_object('role', role))
        from invite
      )
      insert into link_references (digest, merchant_id, kind, target_id, expires_at)
      select ${invite.digest}, merchant_id, 'invite', id, expires_at from invite
      returning expires_at`,
  )
  return added?.expiresAt ?? new Date(0)
}

/**
 * Takes an invitation once and gives its role. It gives nothing once it was used, is over, or its maker
 * is owner no more. Whoever works here already keeps the role they have, and the invitation stays good.
 */
export async function useInvite(
  db: Database,
  merchantId: string,
  inviteId: string,
  personId: string,
  changeId: string,
): Promise<Role | undefined> {
  const [joined] = await db.run(
    ({ sql }) => sql<{ role: Role }[]>`
      with invite as (
        select role, label from invites
        where merchant_id = ${merchantId} and id = ${inviteId}
          and used_at is null and expires_at > clock_timestamp()
          and not exists (
            select from staff
            where merchant_id = ${merchantId} and person_id = ${personId} and removed_at is null
          )
          and (
            invited_by is null
            or exists (
              select from staff
              where merchant_id = ${merchantId} and person_id = invited_by
                and role = 'owner' and removed_at is null
            )
          )
        for update
      ), joined as (
        insert into staff (merchant_id, person_id, role, label)
        select ${merchantId}, ${personId}, role, label from invite
        on conflict (merchant_id, person_id) do update set
          role = excluded.role, label = excluded.label, joined_at = clock_timestamp(), removed_at = null
          where staff.removed_at is not null
        returning role
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select ${merchantId}, ${changeId}, 'staff', ${personId}, 'joined', ${personId},
               jsonb_build_object('after', jsonb_build_object('role', role))
        from joined
      ), used as (
        update invites set used_by = ${personId}, used_at = clock_timestamp()
        where merchant_id = ${merchantId} and id = ${inviteId} and exists (select from joined)
      ), member as (
        insert into memberships (person_id, merchant_id) select ${personId}, ${merchantId} from joined
        on conflict do nothing
      )
      select role from joined`,
  )
  return joined?.role
}

/** Who has used an invitation, if anybody. */
export async function inviteUserOf(
  db: Database,
  merchantId: string,
  inviteId: string,
): Promise<string | undefined> {
  const [invite] = await db.run(({ orm }) =>
    orm
      .select({ usedBy: invites.usedBy })
      .from(invites)
      .where(and(eq(invites.merchantId, merchantId), eq(invites.id, inviteId))),
  )
  return invite?.usedBy ?? undefined
}

/**
 * Removes a member of staff, and with them the invitations of theirs that nobody has used; the last owner
 * stays. Answers whether somebody was removed.
 */
export async function removeStaff(
  db: Database,
  merchantId: string,
  personId: string,
  { changeId, by }: { changeId: string; by: string },
): Promise<boolean> {
  const removed = await db.run(
    ({ sql }) => sql`
      with colleagues as (
        select person_id, role from staff
        where merchant_id = ${merchantId} and removed_at is null
          and (role = 'owner' or person_id = ${personId})
        order by person_id for update
      ), removed as (
        update staff set removed_at = clock_timestamp()
        where merchant_id = ${merchantId} and person_id = ${personId} and removed_at is null
          and exists (
            select from colleagues
            where person_id = ${personId}
              and (role <> 'owner' or (select count(*) from colleagues where role = 'owner') > 1)
          )
        returning person_id, role
      ), logged as (
        insert into audit_log (merchant_id, id, subject, subject_id, action, by_id, detail)
        select ${merchantId}, ${changeId}, 'staff', person_id, 'removed', ${by},
               jsonb_build_object('before', jsonb_build_object('role', role))
        from removed
      ), withdrawn as (
        update invites set expires_at = clock_timestamp()
        where merchant_id = ${merchantId} and invited_by = ${personId} and used_at is null
          and exists (select from removed)
      )
      select person_id from removed`,
  )
  return removed.length === 1
}
