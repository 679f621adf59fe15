import { attempt } from '../deeds/attempt.ts'
import { ask } from '../state/phones.ts'
import type { Stage } from './stage.ts'

/** Asks the holder whether the bot may write, unless it may already. */
export async function askForWriteAccess({ desk, phone, app }: Stage): Promise<void> {
  const from = phone.person.peek()
  const world = desk.world.peek()
  if (from === undefined || !world) return
  const person = world.people.find((one) => one.id === from)
  const mayWrite = person?.started === true && !person.blocked
  const id = mayWrite
    ? 'allow'
    : await ask(phone, {
        title: 'Allow messages?',
        message: `May ${world.bot.first_name} send you messages?`,
        buttons: [
          { id: 'cancel', text: 'Cancel' },
          { id: 'allow', text: 'Allow' },
        ],
      })
  const allowed = id === 'allow' && (await attempt(phone, desk.api.allowWriting({ from })))
  app.send('write_access_requested', { status: allowed ? 'allowed' : 'cancelled' })
}
