import type { AppContext } from '../../context.ts'
import type { Role } from '../../domain/views.ts'
import { inviteStaff } from '../../usecases/invite-staff.ts'
import { chatLinkOf } from '../../usecases/links-of.ts'
import { listStaff } from '../../usecases/list-staff.ts'
import { settingsOf } from '../../usecases/person-settings.ts'
import { removeStaff } from '../../usecases/remove-staff.ts'
import { menuCall } from '../commands.ts'
import { drawInvite, drawRemoveQuestion, drawStaff, nameOf } from '../draw/staff.ts'
import { allowFields, FormError } from '../form.ts'
import { textsIn } from '../texts.ts'
import type { Visit } from '../visit.ts'
import type { Desk, StaffCommand } from './desk.ts'

type Place = { app: AppContext; visit: Visit; merchantId: string }

/** /staff lists and offers buttons; `/staff cashier Anna` invites by name. */
export const staffCommand: StaffCommand = {
  name: 'staff',
  example: 'staff-example',
  run: async ({ app, visit, shop, form }: Desk) => {
    allowFields(form, 'merchant')
    const { merchantId } = shop
    const [role, ...name] = form.words
    if (role !== undefined && !isRole(role)) throw new FormError('fault-role', { field: role })
    if (role) return invite({ app, visit, merchantId }, role, name.join(' ').slice(0, 60))
    visit.say(drawStaff(visit.t, shop, await listStaff(app, merchantId), visit.personId))
  },
}

export function isRole(word: string | undefined): word is Role {
  return word !== undefined && ['owner', 'manager', 'cashier', 'analyst'].includes(word)
}

/** Makes a link that gives the role to the first who opens it. */
export async function invite(
  { app, visit, merchantId }: Place,
  role: Role,
  label = '',
): Promise<void> {
  const { reference, expiresAt } = await inviteStaff(app, {
    merchantId,
    invitedBy: visit.personId,
    role,
    label,
  })
  visit.say(drawInvite(visit.t, { role, url: chatLinkOf(app.bot, reference), expiresAt }))
}

export async function askToRemove(
  { app, visit, merchantId }: Place,
  personId: string,
): Promise<void> {
  const { t, replace, answer } = visit
  const member = (await listStaff(app, merchantId)).find((one) => one.personId === personId)
  if (!member) return answer({ text: t.plain('staff-not-removed') })
  replace(drawRemoveQuestion(t, merchantId, member))
}

/** Takes the role away, and with it the commands from the person's menu, which is in their language. */
export async function remove({ app, visit, merchantId }: Place, personId: string): Promise<void> {
  const { t, replace, later } = visit
  const by = visit.personId
  const member = (await listStaff(app, merchantId)).find((one) => one.personId === personId)
  const isRemoved = member !== undefined && (await removeStaff(app, { merchantId, personId, by }))
  if (!isRemoved) return replace({ text: t.html('staff-not-removed') })
  replace({ text: t.html('staff-removed', { who: nameOf(member) }) })
  const { language } = await settingsOf(app, personId)
  later(personId, await menuCall(app, personId, textsIn(language)))
}
