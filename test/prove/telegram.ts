import { setTimeout as sleep } from 'node:timers/promises'

import { readConfig } from '../../src/config.ts'
import type { AppContext } from '../../src/context.ts'
import { startBotApi } from '../../src/sandbox/bot-api.ts'
import type { Fault, SimMessage } from '../../src/sandbox/sim.ts'
import { startTelegram } from '../../src/telegram/start-telegram.ts'
import { receiveUpdate } from '../../src/usecases/receive-update.ts'
import { addCampaign } from '../helpers/shop.ts'
import { BOT_TOKEN } from './app.ts'
import type { Chance } from './chance.ts'
import { forAll } from './crowd.ts'
import type { Place } from './place.ts'
import { count, type Tally } from './tally.ts'
import { readyToShare, type World } from './world.ts'

const BOT_ID = 4200000001
const FIRST_PERSON = 700_000_000
const FIRST_UPDATE = 1000
/** Longer than a message waits for its turn after two refusals. */
const ALL_SENT_MS = 90_000

/**
 * People follow a link in the chat while Telegram refuses, fails, falls silent and loses its answers,
 * and delivers each update up to three times, in disorder and late. Everybody gets one voucher; every
 * message arrives, and twice only where Telegram's own answer was lost.
 */
export async function tryTelegram(
  place: Place,
  tally: Tally,
  { people, silences }: { people: number; silences: number },
): Promise<void> {
  const { world, chance } = place
  await using api = await startBotApi({
    token: BOT_TOKEN,
    username: 'passalong_bot',
    appName: 'app',
    miniAppOrigin: 'https://passalong.example',
  })
  const app = withTelegram(place, api.url)
  const sim = (path: string, body: object) =>
    fetch(api.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const ids = Array.from({ length: people }, (_, i) => FIRST_PERSON + i)
  await forAll(ids, 8, (id) =>
    sim('/sim/people', { id, first_name: `Person ${id}`, language_code: 'en', started: true }),
  )
  await makeReachable(world, ids)
  for (const fault of faultsFor(people, silences, chance)) {
    await sim('/sim/faults', fault)
    count(tally, `Telegram: ${fault.kind === 'timeout' ? 'no answer' : fault.kind}`, fault.times)
  }

  const running = startTelegram(app, { pace: (_, send) => send() })
  app.wakeInbox = running.wakeInbox
  app.wakeOutbox = running.wakeOutbox
  await deliver(app, await updatesOf(world, ids), chance, tally)
  await untilAllSent(world, ids)
  await running.stop()

  const seen = await forAll(ids, 8, async (id) => {
    const reply = await fetch(`${api.url}/sim/chats/${id}/messages?as=${id}`)
    const messages = (await reply.json()) as SimMessage[]
    return messages.filter(({ from }) => from.is_bot).length
  })
  await judge(world, ids, tally, (id) => seen[id - FIRST_PERSON] ?? 0)
}

function withTelegram(place: Place, apiRoot: string): AppContext {
  return {
    ...place.process(),
    config: readConfig({ LOG_LEVEL: 'silent', TELEGRAM_API_ROOT: apiRoot }),
    bot: { id: BOT_ID, username: 'passalong_bot', token: BOT_TOKEN, appName: 'app' },
  }
}

/** One message in five meets one. */
function faultsFor(people: number, silences: number, chance: Chance): Fault[] {
  const kinds: Fault[] = Array.from({ length: Math.ceil(people / 5) }, () => ({
    kind: chance.pick(['429', '500', 'cut-after-send'] as const),
    method: 'sendMessage',
    times: 1,
    retryAfter: 1,
  }))
  const silent: Fault = { kind: 'timeout', method: 'sendMessage', times: silences }
  return silences > 0 ? [silent, ...kinds] : kinds
}

async function makeReachable({ app }: World, ids: readonly number[]): Promise<void> {
  await app.db.run(
    ({ sql }) => sql`
      insert into people (id, reachable)
      select 'telegram:' || id, true from unnest(${ids.map(String)}::text[]) as id
      on conflict (id) do update set reachable = true`,
  )
}

async function updatesOf(world: World, ids: readonly number[]) {
  const { campaignId } = await addCampaign(world.app, world.shop, {
    slotsPerShare: ids.length,
    fallback: { quantity: ids.length },
  })
  const { press } = await readyToShare(world, campaignId)
  const { reference } = await press(world.app)
  return ids.map((id, i) => ({
    update_id: FIRST_UPDATE + i,
    message: {
      message_id: 1,
      date: Math.floor(Date.now() / 1000),
      chat: { id, type: 'private', first_name: `Person ${id}` },
      from: { id, is_bot: false, first_name: `Person ${id}`, language_code: 'en' },
      text: `/start ${reference}`,
      entities: [{ type: 'bot_command', offset: 0, length: 6 }],
    },
  }))
}

/** Each up to three times in disorder, and some again when all is long done. */
async function deliver(
  app: AppContext,
  updates: readonly { update_id: number }[],
  chance: Chance,
  tally: Tally,
): Promise<void> {
  const often = updates.flatMap((update) => Array<typeof update>(chance.between(1, 3)).fill(update))
  const late = updates.filter(() => chance.draw() < 0.3)
  await forAll(chance.shuffle(often), 16, (update) => receiveUpdate(app, { botId: BOT_ID, update }))
  await sleep(1500)
  await forAll(late, 16, (update) => receiveUpdate(app, { botId: BOT_ID, update }))
  count(tally, 'updates', updates.length)
  count(
    tally,
    'updates delivered again, in disorder or late',
    often.length + late.length - updates.length,
  )
}

async function untilAllSent(world: World, ids: readonly number[]): Promise<void> {
  const until = Date.now() + ALL_SENT_MS
  while (Date.now() < until) {
    const told = await messagesTo(world, ids)
    if (told.every(({ told, waiting }) => told > 0 && waiting === 0)) return
    await sleep(100)
  }
}

type Told = { personId: string; vouchers: number; told: number; waiting: number }

/** What was kept for each to be told: of their voucher, and in answer to their update. */
async function messagesTo({ app, shop }: World, ids: readonly number[]): Promise<Told[]> {
  return app.db.run(
    ({ sql }) => sql<Told[]>`
      select p.id as person_id, count(distinct v.id)::integer as vouchers, count(o.id)::integer as told,
             (count(o.id) filter (where o.sent_at is null))::integer as waiting
      from unnest(${ids.map((id) => `telegram:${id}`)}::text[]) with ordinality as p (id, i)
      left join vouchers v on v.merchant_id = ${shop.merchantId} and v.holder_id = p.id
      left join outbox o on o.merchant_id in (${shop.merchantId}, '') and (
        o.id = 'voucher:' || v.id
        or starts_with(o.id, format('reply:%s:%s:', ${BOT_ID}::bigint, ${FIRST_UPDATE - 1}::bigint + p.i))
      )
      group by p.id`,
  )
}

async function judge(
  world: World,
  ids: readonly number[],
  tally: Tally,
  seenBy: (id: number) => number,
): Promise<void> {
  const rows = await messagesTo(world, ids)
  let twice = 0
  for (const { personId, vouchers, told, waiting } of rows) {
    tally.claims += vouchers
    if (vouchers !== 1) tally.double.push(`${personId} has ${vouchers} vouchers of one link`)
    const seen = seenBy(Number(personId.split(':')[1]))
    if (waiting > 0 || seen < told) tally.lost.push(`${personId} saw ${seen} of ${told} messages`)
    twice += Math.max(0, seen - told)
  }
  count(tally, 'messages seen twice, since Telegram’s answer was lost', twice)
  const cuts =
    (tally.tried['Telegram: cut-after-send'] ?? 0) + (tally.tried['Telegram: no answer'] ?? 0)
  if (twice > cuts) tally.double.push(`${twice} messages were seen twice after ${cuts} cuts`)
}
