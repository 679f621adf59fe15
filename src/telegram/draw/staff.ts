import type { Role, StaffMember, Store } from '../../domain/views.ts'
import { fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, code, cut, GAP, html, linesOf } from './parts.ts'

const ROLES: readonly Role[] = ['owner', 'manager', 'cashier', 'analyst']
const MOST_REMOVABLE = 20

type Shop = { merchantId: string; merchantName: string }

/** Who works at a merchant, with buttons to invite by role and to remove everybody but oneself. */
export function drawStaff(
  t: Texts,
  shop: Shop,
  staff: readonly StaffMember[],
  selfId: string,
): Message {
  const others = staff.filter(({ personId }) => personId !== selfId).slice(0, MOST_REMOVABLE)
  const { merchantId, merchantName } = shop
  return {
    text: linesOf(
      bold(t.html('staff-title', { merchant: merchantName })),
      ...staff.slice(0, 50).map((member) => drawMember(t, member, selfId)),
      GAP,
      t.html('staff-invite-hint'),
      code(t.plain('staff-example')),
    ),
    buttons: [
      ROLES.map((role) =>
        callbackButton(`+ ${t.plain(`role-${role}`)}`, `i:${role}:${merchantId}`),
      ),
      ...others.map((member) => [
        callbackButton(
          t.plain('button-remove', { who: nameOf(member) }),
          `d:${merchantId}:${member.personId}`,
        ),
      ]),
    ],
  }
}

export function drawRemoveQuestion(t: Texts, merchantId: string, member: StaffMember): Message {
  return {
    text: t.html('staff-remove-ask', { who: nameOf(member), role: t.plain(`role-${member.role}`) }),
    buttons: [
      [
        {
          ...callbackButton(t.plain('button-remove-yes'), `D:${merchantId}:${member.personId}`),
          style: 'danger',
        },
        callbackButton(t.plain('button-cancel'), 'n'),
      ],
    ],
  }
}

export function drawInvite(
  t: Texts,
  invite: { role: Role; url: string; expiresAt: Date },
): Message {
  const args = { role: t.plain(`role-${invite.role}`), moment: t.moment(invite.expiresAt) }
  return { text: linesOf(t.html('invite-link', args), GAP, invite.url) }
}

/** The stores of a merchant, and how to add one. */
export function drawStores(t: Texts, merchantName: string, stores: readonly Store[]): Message {
  const head = linesOf(
    bold(t.html('stores-title', { merchant: merchantName })),
    stores.length === 0 && t.html('stores-none'),
  )
  const foot = linesOf(
    GAP,
    t.html('stores-add'),
    code(t.plain('stores-example')),
    stores.length > 0 && t.html('stores-edit'),
    stores.length > 0 && code(t.plain('stores-edit-example')),
  )
  const fitting = fittingLines(stores.map(drawStore), head + foot)
  return {
    text: linesOf(
      head,
      ...fitting.lines,
      fitting.left > 0 && t.html('and-more', { count: fitting.left }),
      foot,
    ),
  }
}

export function drawStore({ sourceId, name, address, zone }: Store): string {
  return `${code(sourceId)} ${[name, address, zone].filter(Boolean).map(html).join(' · ')}`
}

/** Their label, or the number that Telegram knows them by: names are not kept. */
export function nameOf({ label, personId }: StaffMember): string {
  return label || personId.slice('telegram:'.length)
}

function drawMember(t: Texts, member: StaffMember, selfId: string): string {
  const { personId, role } = member
  const profile = `<a href="tg://user?id=${personId.slice('telegram:'.length)}">${html(nameOf(member))}</a>`
  const who = personId === selfId ? `${profile} (${t.html('staff-you')})` : profile
  return t.html('staff-member', { who: { html: who }, role: t.plain(`role-${role}`) })
}

/** One message asks for the shop; the answer finds the command in the message that it replies to. */
export function drawShopQuestion(
  t: Texts,
  shops: readonly Shop[],
  commandMessageId: number,
): Message {
  return {
    text: t.html('which-merchant'),
    replyTo: commandMessageId,
    buttons: shops.map(({ merchantId, merchantName }) => [
      callbackButton(cut(merchantName, 50), `m:${merchantId}`),
    ]),
  }
}
