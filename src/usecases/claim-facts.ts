import type { AppContext } from '../context.ts'
import { splitPot } from '../domain/split-pot.ts'
import { drawsFrom } from '../seed.ts'
import {
  type CampaignFacts,
  type KnownPerson,
  peopleOf,
  type ShareFacts,
  sharesToClaim,
} from '../store/claims.ts'
import type { CurrentModel } from '../store/models.ts'
import { openShare } from '../store/shares.ts'
import { modelOf } from './current-model.ts'

/** Somebody who opens a share. */
export type Opening = { shareId: string; personId: string }

/** What is known of an opening: no person who is a stranger. */
export type OpeningFacts = {
  campaign: CampaignFacts
  sharerId: string
  person: KnownPerson | undefined
  model: CurrentModel
}

/**
 * Reads what the claims of a merchant's openers are decided on. Those who open at the same time are read
 * together, while the claims of those before them are being written. A share that is opened for the first
 * time is made ready.
 *
 * Answers nothing where there is no such share. What is known of a campaign may be a moment old: it decides
 * nothing, since the claim looks again.
 */
export function factsOf(
  app: AppContext,
  merchantId: string,
  opening: Opening,
): Promise<OpeningFacts | undefined> {
  return app.together(`facts:${merchantId}`, opening, (openings: readonly Opening[]) =>
    readTogether(app, merchantId, openings),
  )
}

async function readTogether(
  app: AppContext,
  merchantId: string,
  openings: readonly Opening[],
): Promise<(OpeningFacts | undefined)[]> {
  const shareIds = [...new Set(openings.map(({ shareId }) => shareId))]
  const shareById = new Map(shareIds.map((id) => [id, recentShareOf(app, merchantId, id)]))
  const unknown = shareIds.filter((id) => !shareById.get(id))
  const [read, people, model] = await Promise.all([
    readCampaigns(app, merchantId, unknown),
    peopleOf(
      app.db,
      merchantId,
      openings.map(({ personId }) => personId),
    ),
    modelOf(app, merchantId, 'voucher'),
  ])
  for (const [shareId, share] of read) shareById.set(shareId, share)
  const personById = new Map(people.map((person) => [person.personId, person]))
  return openings.map(({ shareId, personId }) => {
    const share = shareById.get(shareId)
    return share && { ...share, person: personById.get(personId), model }
  })
}

type Opened = Pick<OpeningFacts, 'campaign' | 'sharerId'>

function recentShareOf(app: AppContext, merchantId: string, shareId: string): Opened | undefined {
  const open = app.openShares.get(keyOf(merchantId, shareId))
  const campaign = open && app.recentCampaigns.get(keyOf(merchantId, open.campaignId))
  return campaign && { campaign, sharerId: open.sharerId }
}

/** What was read has to be read again, since it was no longer so. */
export function forgetCampaign(app: AppContext, merchantId: string, campaignId: string): void {
  app.recentCampaigns.forget(keyOf(merchantId, campaignId))
}

function keyOf(merchantId: string, id: string): string {
  return `${merchantId} ${id}`
}

/** The campaigns of these shares; drafts are made ready. */
async function readCampaigns(
  app: AppContext,
  merchantId: string,
  shareIds: readonly string[],
): Promise<Map<string, Opened>> {
  const { shares, campaigns } = await sharesToClaim(app.db, merchantId, shareIds)
  for (const campaign of campaigns) {
    app.recentCampaigns.keep(keyOf(merchantId, campaign.campaignId), campaign)
  }
  const campaignById = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]))
  const openedByShare = new Map<string, Opened>()
  await Promise.all(
    shares.map(async (share) => {
      const campaign = campaignById.get(share.campaignId)
      if (!campaign) return
      const { shareId, campaignId, sharerId } = share
      openedByShare.set(shareId, { campaign, sharerId })
      if (await isOpen(app, merchantId, share, campaign)) {
        app.openShares.keep(keyOf(merchantId, shareId), { campaignId, sharerId })
      }
    }),
  )
  return openedByShare
}

/** Whether a share is a draft no more. The first open reserves the pot; its parts follow from the seed. */
async function isOpen(
  app: AppContext,
  merchantId: string,
  { shareId, status, slots, seed }: ShareFacts,
  { potMinor, drawMinMinor, drawMaxMinor }: CampaignFacts,
): Promise<boolean> {
  if (status !== 'draft') return true
  const hasPot = potMinor !== null && drawMinMinor !== null && drawMaxMinor !== null
  const amounts = hasPot
    ? splitPot(
        { totalMinor: potMinor, parts: slots, minMinor: drawMinMinor, maxMinor: drawMaxMinor },
        drawsFrom(seed),
      )
    : []
  return (await openShare(app.db, merchantId, shareId, amounts)) !== 'draft'
}
