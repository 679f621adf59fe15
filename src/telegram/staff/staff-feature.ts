import { Composer } from 'telegraf'

import type { AppContext } from '../../context.ts'
import { rollBackRedemption } from '../../usecases/roll-back-redemption.ts'
import { CAMPAIGN_ACTIONS, type CampaignAction } from '../draw/campaign.ts'
import { drawUndone } from '../draw/till.ts'
import type { BotContext } from '../visit.ts'
import {
  actOnCampaign,
  campaignsCommand,
  pauseCommand,
  resumeCommand,
  statsCommand,
  stopCommand,
} from './campaigns.ts'
import { codesCommand, stopBatch } from './codes.ts'
import { runCommand, type StaffCommand, shopOf } from './desk.ts'
import { cloneCommand, editCommand } from './edit-campaign.ts'
import { exportCommand, isKind, orderFile } from './export.ts'
import { historyCommand } from './history.ts'
import { matchingCommand, resume } from './matching.ts'
import { askToRemove, invite, isRole, remove, staffCommand } from './members.ts'
import { newCampaignCommand } from './new-campaign.ts'
import { newVoucherCommand } from './new-voucher.ts'
import { redeemCommand } from './redeem.ts'
import { storesCommand } from './stores.ts'
import { testOfferCommand } from './test-offer.ts'
import { whyCommand } from './why.ts'

const COMMANDS: readonly StaffCommand[] = [
  redeemCommand,
  campaignsCommand,
  statsCommand,
  matchingCommand,
  whyCommand,
  exportCommand,
  newCampaignCommand,
  newVoucherCommand,
  pauseCommand,
  resumeCommand,
  stopCommand,
  editCommand,
  cloneCommand,
  historyCommand,
  codesCommand,
  testOfferCommand,
  storesCommand,
  staffCommand,
]

/**
 * The commands and buttons of the staff. Roles are read at each of them; whoever has none is answered
 * as if there were no such command.
 */
export function staffFeature(app: AppContext): Composer<BotContext> {
  const composer = new Composer<BotContext>()
  for (const command of COMMANDS) {
    composer.command(command.name, async (ctx, next) => {
      const isDone = await runCommand(app, ctx, command, {
        text: ctx.payload,
        message: ctx.message,
      })
      if (!isDone) await next()
    })
  }
  answerButtons(app, composer)
  campaignButtons(app, composer)
  matchingButton(app, composer)
  exportButton(app, composer)
  codesButton(app, composer)
  undoButton(app, composer)
  memberButtons(app, composer)
  return composer
}

const MERCHANT = String.raw`(?<merchant>mer_\w{1,30})`
const CAMPAIGN = String.raw`(?<campaign>cmp_\w{1,30})`
const TEMPLATE = String.raw`(?<template>vtp_\w{1,30})`

/** A shop, a campaign or vouchers were picked: the command stands in the message that the question replies to. */
function answerButtons(app: AppContext, composer: Composer<BotContext>): void {
  const pattern = new RegExp(
    `^(?:m:${MERCHANT}|v:${MERCHANT}:${CAMPAIGN}|w:${MERCHANT}:${TEMPLATE})$`,
  )
  composer.action(pattern, async (ctx, next) => {
    const question = ctx.callbackQuery.message
    const message =
      question && 'reply_to_message' in question ? question.reply_to_message : undefined
    if (!message || !('text' in message)) return next()
    const [, name, text = ''] = /^\/(\w+)(?:@\w+)?\s*(.*)$/s.exec(message.text) ?? []
    const command = COMMANDS.find((one) => one.name === name)
    const { merchant, campaign, template } = ctx.match.groups ?? {}
    const picked = withField(withField(text, 'campaign', campaign), 'voucher', template)
    const written = { text: picked, message }
    const isDone = command && (await runCommand(app, ctx, command, written, merchant))
    if (!isDone) await next()
  })
}

/** The form of a command with what was picked instead of the name that several have. */
function withField(text: string, field: string, id: string | undefined): string {
  if (id === undefined) return text
  const named = new RegExp(String.raw`(^|\s)${field}\s*[=＝]\s*(?:["“”„][^"“”„]*["“”„]|\S+)`, 'giu')
  return `${text.replace(named, '$1')} ${field}=${id}`
}

function campaignButtons(app: AppContext, composer: Composer<BotContext>): void {
  const actions = Object.keys(CAMPAIGN_ACTIONS) as CampaignAction[]
  const letters = actions.map((action) => CAMPAIGN_ACTIONS[action].letter).join('')
  const pattern = new RegExp(`^(?<letter>[${letters}]):${MERCHANT}:${CAMPAIGN}$`)
  composer.action(pattern, async (ctx, next) => {
    const { letter, merchant = '', campaign = '' } = ctx.match.groups ?? {}
    const action = actions.find((one) => CAMPAIGN_ACTIONS[one].letter === letter)
    const shop = action && (await shopOf(app, ctx, CAMPAIGN_ACTIONS[action].command, merchant))
    if (!shop) return next()
    const requestId = `telegram:button:${ctx.callbackQuery.id}`
    await actOnCampaign({ app, visit: ctx.visit, shop, requestId }, campaign, action)
  })
}

function matchingButton(app: AppContext, composer: Composer<BotContext>): void {
  const pattern = new RegExp(`^G:${MERCHANT}:(?<point>offer|voucher)$`)
  composer.action(pattern, async (ctx, next) => {
    const { merchant = '', point } = ctx.match.groups ?? {}
    const shop = await shopOf(app, ctx, 'matching', merchant)
    if (!shop) return next()
    const requestId = `telegram:button:${ctx.callbackQuery.id}`
    await resume(
      { app, visit: ctx.visit, shop, requestId },
      point === 'offer' ? 'offer' : 'voucher',
    )
  })
}

function exportButton(app: AppContext, composer: Composer<BotContext>): void {
  composer.action(new RegExp(`^e:${MERCHANT}:(?<kind>\\w+)$`), async (ctx, next) => {
    const { merchant = '', kind } = ctx.match.groups ?? {}
    const shop = await shopOf(app, ctx, 'export', merchant)
    if (!shop || !isKind(kind)) return next()
    await orderFile({ app, visit: ctx.visit, shop }, { kind, format: 'csv' })
  })
}

function codesButton(app: AppContext, composer: Composer<BotContext>): void {
  composer.action(new RegExp(`^b:${MERCHANT}:(?<batch>cbt_\\w{1,30})$`), async (ctx, next) => {
    const { merchant: merchantId = '', batch = '' } = ctx.match.groups ?? {}
    if (!(await shopOf(app, ctx, 'codes', merchantId))) return next()
    await stopBatch({ app, visit: ctx.visit, merchantId }, batch)
  })
}

/** Undoing twice undoes once. */
function undoButton(app: AppContext, composer: Composer<BotContext>): void {
  composer.action(new RegExp(`^u:${MERCHANT}:(?<redemption>rdm_\\w{1,30})$`), async (ctx, next) => {
    const { merchant: merchantId = '', redemption: redemptionId = '' } = ctx.match.groups ?? {}
    if (!(await shopOf(app, ctx, 'redeem', merchantId))) return next()
    const { t, replace, answer, personId } = ctx.visit
    const requestId = `undo:${redemptionId}`
    const result = await rollBackRedemption(app, {
      merchantId,
      redemptionId,
      requestId,
      by: personId,
    })
    if (result.outcome === 'refused')
      return answer({ text: t.plain(`undo-${result.reason}`), show_alert: true })
    replace(drawUndone(t, result))
  })
}

function memberButtons(app: AppContext, composer: Composer<BotContext>): void {
  composer.action(new RegExp(`^i:(?<role>\\w+):${MERCHANT}$`), async (ctx, next) => {
    const { role, merchant: merchantId = '' } = ctx.match.groups ?? {}
    if (!isRole(role) || !(await shopOf(app, ctx, 'staff', merchantId))) return next()
    await invite({ app, visit: ctx.visit, merchantId }, role)
  })
  composer.action(
    new RegExp(`^(?<what>[dD]):${MERCHANT}:(?<person>telegram:\\d{1,20})$`),
    async (ctx, next) => {
      const { what, merchant: merchantId = '', person = '' } = ctx.match.groups ?? {}
      if (!(await shopOf(app, ctx, 'staff', merchantId))) return next()
      const place = { app, visit: ctx.visit, merchantId }
      await (what === 'd' ? askToRemove(place, person) : remove(place, person))
    },
  )
  composer.action('n', (ctx) => ctx.visit.replace({ text: ctx.visit.t.html('staff-unchanged') }))
}
