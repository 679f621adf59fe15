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
import { openShare } from '../store/shares.ts'

/** Somebody who opens a share. */
export type Opening = { shareId: string; personId: string }

/** What is known of an opening: no campaign where there is no such share, no person who is a stranger. */
export type OpeningFacts = {
  campaign: CampaignFacts | undefined
  person: KnownPerson | undefined
}

/**
 * Reads what the claims of a merchant's openers are decided on. Those who open at the same time are read
 * together, while the claims of those before them are being written. A share that is opened for the first
 * time is made ready.
 *
 * What is known of a campaign may be a moment old: it decides nothing, since the claim looks again.
 */
export function factsOf(
  app: AppContext,
  merchantId: string,
  opening: Opening,
): Promise<OpeningFacts> {
  return app.together(`facts:${merchantId}`, opening, (openings: readonly Opening[]) =>
    readTogether(app, merchantId, openings),
  )
}

async function readTogether(
  app: AppContext,
  merchantId: string,
  openings: readonly Opening[],
): Promise<OpeningFacts[]> {
  const shareIds = [...new Set(openings.map(({ shareId }) => shareId))]
  const campaignByShare = new Map(shareIds.map((id) => [id, recentCampaignOf(app, merchantId, id)]))
  const unknown = shareIds.filter((id) => !campaignByShare.get(id))
  const [read, people] = await Promise.all([
    readCampaigns(app, merchantId, unknown),
    peopleOf(
      app.db,
      merchantId,
      openings.map(({ personId }) => personId),
    ),
  ])
  for (const [shareId, campaign] of read) campaignByShare.set(shareId, campaign)
  const personById = new Map(people.map((person) => [person.personId, person]))
  return openings.map(({ shareId, personId }) => ({
    campaign: campaignByShare.get(shareId),
    person: personById.get(personId),
  }))
}

function recentCampaignOf(
  app: AppContext,
  merchantId: string,
  shareId: string,
): CampaignFacts | undefined {
  const campaignId = app.openShares.get(keyOf(merchantId, shareId))
  return campaignId === undefined
    ? undefined
    : app.recentCampaigns.get(keyOf(merchantId, campaignId))
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
): Promise<Map<string, CampaignFacts>> {
  const { shares, campaigns } = await sharesToClaim(app.db, merchantId, shareIds)
  for (const campaign of campaigns) {
    app.recentCampaigns.keep(keyOf(merchantId, campaign.campaignId), campaign)
  }
  const campaignById = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]))
  const campaignByShare = new Map<string, CampaignFacts>()
  await Promise.all(
    shares.map(async (share) => {
      const campaign = campaignById.get(share.campaignId)
      if (!campaign) return
      campaignByShare.set(share.shareId, campaign)
      if (await isOpen(app, merchantId, share, campaign)) {
        app.openShares.keep(keyOf(merchantId, share.shareId), share.campaignId)
      }
    }),
  )
  return campaignByShare
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
