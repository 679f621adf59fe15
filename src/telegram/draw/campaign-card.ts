import type { Liability } from '../../domain/liability.ts'
import type { CardLine, PreviewCard } from '../../domain/preview-card.ts'
import type { CampaignView, Store } from '../../domain/views.ts'
import { writeRule } from '../../domain/write-rule.ts'
import { type Button, fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { type CampaignAction, campaignButton, mayPress, type Shop } from './campaign.ts'
import { hoursWords } from './hours.ts'
import { bold, cut, GAP, html, linesOf, voucherWorth } from './parts.ts'

type Preview = { campaign: CampaignView; card: PreviewCard; liability: Liability }

/** A campaign as people will see it, and what it can cost at most; with what can be done with it. */
export function drawCampaignCard(
  t: Texts,
  shop: Shop,
  { campaign, card, liability }: Preview,
  stores: readonly Store[],
  news?: string,
): Message {
  const drawn = (isVoucher: boolean) =>
    card.lines
      .filter(({ kind }) => (kind === 'voucher') === isVoucher)
      .map((line) => drawLine(t, campaign, line))
  const head = linesOf(
    news && `${news}\n`,
    `📣 ${bold(html(campaign.name))} · ${t.html(`campaign-status-${campaign.status}`)}`,
    ...drawUse(t, campaign),
    GAP,
    bold(t.html('card-seen')),
    `🎁 ${html(card.title)}`,
    html(card.body),
    ...drawn(false),
    ...(hasVouchers(campaign) ? [GAP, bold(t.html('card-there-is'))] : []),
    ...drawRules(t, campaign, stores),
  )
  const foot = linesOf(...drawBounds(t, campaign), GAP, ...drawLiability(t, campaign, liability))
  const fitting = fittingLines(drawn(true), head + foot)
  return {
    text: linesOf(
      head,
      ...fitting.lines,
      fitting.left > 0 && t.html('and-more', { count: fitting.left }),
      foot,
      ...(mayPress('active', shop.role) ? drawNext(t, campaign) : []),
    ),
    buttons: buttonsFor(t, shop, campaign),
  }
}

/** What is given of what there is; nothing while it is a draft. */
function drawUse(t: Texts, campaign: CampaignView): (string | false)[] {
  const { status, currency, issuedMinor, budgetMinor, reservedMinor } = campaign
  if (status === 'draft') return []
  return [
    t.html('campaign-budget', {
      issued: t.money(issuedMinor, currency),
      budget: t.money(budgetMinor, currency),
      reserved: t.money(reservedMinor, currency),
    }),
    campaign.maxVouchers !== null &&
      t.html('card-given', { given: campaign.issuedCount, most: campaign.maxVouchers }),
    campaign.dayMaxVouchers !== null &&
      t.html('card-given-today', { given: campaign.dayCount, most: campaign.dayMaxVouchers }),
    campaign.dayBudgetMinor !== null &&
      t.html('card-spent-today', {
        given: t.money(campaign.dayMinor, currency),
        most: t.money(campaign.dayBudgetMinor, currency),
      }),
  ]
}

/** For which orders it is shown, as a rule is written. */
function drawRules(
  t: Texts,
  { offers, currency }: CampaignView,
  stores: readonly Store[],
): (string | false)[] {
  const storeNames = new Map(stores.map(({ storeId, sourceId }) => [storeId, sourceId]))
  return offers.map(
    ({ rule }) =>
      rule !== null &&
      t.html('card-rule', { rule: cut(writeRule(rule, { currency, storeNames }), 600) }),
  )
}

/** How often the model may choose a kind, where that is not left to it. */
function drawBounds(t: Texts, { templates }: CampaignView): string[] {
  return templates
    .filter(({ leastBp, mostBp }) => leastBp > 0 || mostBp < 10_000)
    .map(({ name, leastBp, mostBp }) => {
      const [least, most] = [t.percent(leastBp), t.percent(mostBp)]
      return t.html('card-chosen', { name: cut(name, 60), least, most })
    })
}

function drawLiability(t: Texts, campaign: CampaignView, liability: Liability): (string | false)[] {
  const { budgetMinor, fallbackMinor, rewardMinor, worstMinor, currency } = liability
  const ownMinor = worstMinor - fallbackMinor - rewardMinor
  if (!hasVouchers(campaign)) {
    return [`💰 ${t.html('card-worst-later', { budget: t.money(budgetMinor, currency) })}`]
  }
  return [
    `💰 ${bold(t.html('card-worst', { amount: t.money(worstMinor, currency) }))}`,
    t.html(ownMinor < budgetMinor ? 'card-worst-vouchers' : 'card-worst-budget', {
      amount: t.money(ownMinor, currency),
      budget: t.money(budgetMinor, currency),
    }),
    fallbackMinor > 0 && t.html('card-worst-preset', { amount: t.money(fallbackMinor, currency) }),
    rewardMinor > 0 && t.html('card-worst-reward', { amount: t.money(rewardMinor, currency) }),
  ]
}

/** One line of the card, in the words of the language. */
function drawLine(t: Texts, { currency, zone, mode }: CampaignView, line: CardLine): string {
  switch (line.kind) {
    case 'each': {
      if (line.toMinor === 0) return t.html('card-slots', { count: line.slots })
      const args = { count: line.slots, amount: t.money(line.toMinor, currency) }
      return t.html('card-each', args)
    }
    case 'voucher':
      return drawKind(t, currency, mode, line)
    case 'until':
      return t.html('card-until', { day: t.day(new Date(line.endsAt.getTime() - 1), zone) })
    case 'valid':
      return t.html('card-valid', { count: line.days })
    case 'open': {
      const { weekdays, fromMinute, toMinute } = line
      return t.html('card-open', { hours: hoursWords(t, { weekdays, fromMinute, toMinute }) })
    }
    case 'stores':
      return t.html('card-stores', { stores: cut(line.names.join(t.plain('list-comma')), 200) })
    case 'limit':
      return t.html(`card-limit-${line.period}`, { count: line.count })
    case 'reward':
      return t.html(`card-reward-${line.for}`, { count: line.after })
  }
}

function drawKind(
  t: Texts,
  currency: string,
  mode: CampaignView['mode'],
  line: Extract<CardLine, { kind: 'voucher' }>,
): string {
  const { name, voucherKind: kind, valueMinor, percentBp, quantity, minSpendMinor } = line
  const rate = percentBp === undefined ? {} : { percentBp }
  const isDrawn = mode === 'random' && !line.isFallback && !line.isReward
  const worth = isDrawn
    ? t.plain('worth-most', { amount: t.money(valueMinor, currency) })
    : voucherWorth(t, { name, kind, valueMinor, currency, ...rate })
  const what = line.isFallback ? 'preset' : line.isReward ? 'reward' : 'kind'
  return [
    t.html(`card-voucher-${what}`, { name: cut(name, 60), worth, count: quantity }),
    minSpendMinor > 0 && t.html('voucher-min-spend', { amount: t.money(minSpendMinor, currency) }),
    line.storeName !== undefined && html(cut(line.storeName, 60)),
    line.use && hoursWords(t, line.use),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What is to be done before it can start. */
function drawNext(t: Texts, campaign: CampaignView): string[] {
  if (campaign.status !== 'draft') return []
  if (!hasVouchers(campaign)) return [GAP, t.html('card-needs-vouchers')]
  return [GAP, t.html(lacksReward(campaign) ? 'card-needs-reward' : 'card-ready')]
}

function hasVouchers({ templates }: CampaignView): boolean {
  return templates.some(({ isFallback, isReward }) => !isFallback && !isReward)
}

function lacksReward({ rewardAfter, templates }: CampaignView): boolean {
  return rewardAfter !== null && !templates.some(({ isReward }) => isReward)
}

/** What can be done with it by somebody of this role. */
function buttonsFor(t: Texts, { merchantId, role }: Shop, campaign: CampaignView): Button[][] {
  return actionsOn(campaign)
    .map((row) => row.filter((action) => mayPress(action, role)))
    .filter((row) => row.length > 0)
    .map((row) => row.map((action) => campaignButton(t, merchantId, campaign, action)))
}

function actionsOn(campaign: CampaignView): CampaignAction[][] {
  const isReady = hasVouchers(campaign) && !lacksReward(campaign)
  const rest: CampaignAction[] = ['copied', 'history']
  switch (campaign.status) {
    case 'draft':
      return [isReady ? ['active'] : [], rest]
    case 'active':
      return [
        ['paused', 'stopping'],
        ['stats', ...rest],
      ]
    case 'paused':
      return [
        ['active', 'stopping'],
        ['stats', ...rest],
      ]
    case 'stopped':
      return [['stats', ...rest]]
  }
}
