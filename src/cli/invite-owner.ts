import type { Command } from 'commander'

import { isSandbox } from '../config.ts'
import { inviteStaff } from '../usecases/invite-staff.ts'
import { chatLinkOf } from '../usecases/links-of.ts'
import { appWithLinks, type Desk, withApp } from './desk.ts'
import { findMerchant } from './find-merchant.ts'

/** For a shop that nobody owns any more, or whose first link was lost. */
export function inviteOwnerCommand(parent: Command, desk: Desk): void {
  parent
    .command('invite')
    .description('Print a link that makes another owner of a merchant.')
    .argument('<merchant>', 'its id, e.g. mer_01jd5n7x2kq8r4w1c3ve')
    .action((merchant: string) =>
      withApp(desk, async (opened) => {
        const app = appWithLinks(opened)
        const { id: merchantId, name } = await findMerchant(app, merchant)
        const { reference } = await inviteStaff(app, { merchantId, role: 'owner' })
        desk.out.write(`${chatLinkOf(app.bot, reference)}\n`)
        desk.err.write(`It makes an owner of ${name} of the first who opens it, within a day.\n`)
        if (isSandbox(app.config))
          desk.err.write(`In the sandbox, write to the bot instead: /start ${reference}\n`)
      }),
    )
}
