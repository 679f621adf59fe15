import type { Message as TelegramMessage } from 'telegraf/types'
import type { AppContext } from '../../context.ts'
import type { RoleAtMerchant } from '../../domain/views.ts'
import { AppError } from '../../errors.ts'
import { rolesOf } from '../../usecases/staff-roles.ts'
import { mayUse, type StaffCommandName } from '../commands.ts'
import { code, linesOf } from '../draw/parts.ts'
import { drawShopQuestion } from '../draw/staff.ts'
import { type Form, FormError, readForm } from '../form.ts'
import type { BotContext, Visit } from '../visit.ts'

/** A member of staff at work: where they act, what they wrote. */
export type Desk = {
  app: AppContext
  visit: Visit
  shop: RoleAtMerchant
  form: Form
  /** The same for the same message, however often it is handled. */
  requestId: string
  /** Of the message that the command stands in. */
  messageId: number
  /** When the message was written: what is computed from it is the same each time. */
  writtenAt: Date
}

export type StaffCommand = {
  name: StaffCommandName
  /** Ids of the texts that show the right form, and what else can stand in it. */
  example: string
  more?: string
  run: (desk: Desk) => Promise<void>
}

/** A command as it was written: what follows it, and the message that it stands in. */
export type Written = {
  text: string
  message: Pick<TelegramMessage, 'message_id' | 'chat' | 'date'>
}

/**
 * Runs a command for somebody who has the role for it at this moment. Answers false when they have
 * none, and then they are told what anybody is told of an unknown command. With roles at several shops
 * one is named in the command (`merchant=`) or picked by button.
 */
export async function runCommand(
  app: AppContext,
  ctx: BotContext,
  command: StaffCommand,
  written: Written,
  merchantId?: string,
): Promise<boolean> {
  const { visit } = ctx
  const roles = await rolesOf(app, visit.personId)
  const shops = roles.filter(
    (at) => mayUse(command.name, at.role) && at.merchantId === (merchantId ?? at.merchantId),
  )
  if (shops.length === 0) return false
  try {
    const form = readForm(written.text)
    const [shop, ...others] = shopsNamed(shops, form)
    if (!shop || others.length > 0) {
      visit.say(drawShopQuestion(visit.t, shops, written.message.message_id))
    } else {
      const { message_id, chat, date } = written.message
      await command.run({
        app,
        visit,
        shop,
        form,
        requestId: `telegram:${chat.id}:${message_id}`,
        messageId: message_id,
        writtenAt: new Date(date * 1000),
      })
    }
  } catch (error) {
    visit.say({ text: drawFault(visit, command, faultOf(error)) })
  }
  return true
}

function shopsNamed(shops: readonly RoleAtMerchant[], form: Form): readonly RoleAtMerchant[] {
  const named = form.named.get('merchant')?.toLowerCase()
  if (named === undefined) return shops
  return shops.filter(
    ({ merchantId, merchantName }) => named === merchantId || named === merchantName.toLowerCase(),
  )
}

/** What cannot work is told with the right form; anything else is thrown on. */
function faultOf(error: unknown): FormError {
  if (error instanceof FormError) return error
  const isFault =
    error instanceof AppError && ['ERR_REQUEST_INVALID', 'ERR_AMOUNT_INVALID'].includes(error.code)
  if (isFault) return new FormError('fault-values')
  throw error
}

function drawFault({ t }: Visit, command: StaffCommand, { fault, args }: FormError): string {
  return linesOf(
    t.html('form-wrong', { fault: t.plain(fault, args) }),
    t.html('form-example'),
    code(t.plain(command.example)),
    command.more && t.html(command.more),
  )
}

/** The shop of a staff button, if the person still has the role for what it does. */
export async function shopOf(
  app: AppContext,
  ctx: BotContext,
  name: StaffCommandName,
  merchantId: string,
): Promise<RoleAtMerchant | undefined> {
  const roles = await rolesOf(app, ctx.visit.personId)
  return roles.find((at) => at.merchantId === merchantId && mayUse(name, at.role))
}
