import type { Campaign } from '../api/shop-answers.ts'
import { Bar } from '../parts/bar.tsx'
import { Button } from '../parts/button.tsx'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Notice } from '../parts/notice.tsx'
import { StagePill } from '../parts/stage-pill.tsx'
import { isOver } from '../state/campaign-status.ts'
import { useApp, useFresh } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { mayRun } from '../state/workplace.ts'
import { lastDay } from '../words/campaign-words.ts'

/** A merchant's campaigns with what is given and left; those that are over are folded away. */
export function CampaignsScreen() {
  const { router } = useApp()
  const { campaigns, shop } = useDesk()
  const { campaigns: t } = useShopWords().texts
  useFresh(campaigns)
  return (
    <>
      <Head title={t.title} text={shop.merchantName} />
      {mayRun(shop) && (
        <Button icon="plus" onPress={() => router.go({ screen: 'new-campaign' })}>
          {t.create}
        </Button>
      )}
      <Loaded from={campaigns} shape="list">
        {(all) => <Rows campaigns={all} />}
      </Loaded>
    </>
  )
}

function Rows({ campaigns }: { campaigns: Campaign[] }) {
  const { campaigns: t } = useShopWords().texts
  const now = Date.now()
  if (campaigns.length === 0) return <Notice icon="horn" title={t.empty} text={t.emptyText} />
  const over = campaigns.filter((campaign) => isOver(campaign, now))
  return (
    <>
      <List campaigns={campaigns.filter((campaign) => !isOver(campaign, now))} />
      {over.length > 0 && (
        <details class="over">
          <summary>{t.over(over.length)}</summary>
          <List campaigns={over} />
        </details>
      )}
    </>
  )
}

function List({ campaigns }: { campaigns: Campaign[] }) {
  return (
    <ul class="rows">
      {campaigns.map((campaign) => (
        <li key={campaign.campaignId}>
          <CampaignRow campaign={campaign} />
        </li>
      ))}
    </ul>
  )
}

function CampaignRow({ campaign }: { campaign: Campaign }) {
  const { router } = useApp()
  const words = useShopWords()
  const { texts, money } = words
  const { name, budgetMinor, issuedMinor, reservedMinor, currency } = campaign
  return (
    <button
      type="button"
      class="row row--tall"
      onClick={() => router.go({ screen: 'campaign', campaign })}
    >
      <span class="row__top">
        <span class="row__text">
          <strong>{name}</strong>
          <span class="row__sub">{texts.campaigns.until(lastDay(campaign, words))}</span>
        </span>
        <StagePill campaign={campaign} />
      </span>
      <Bar
        label={texts.campaign.given}
        used={issuedMinor}
        kept={reservedMinor}
        most={budgetMinor}
        text={texts.campaign.countOf(money(issuedMinor, currency), money(budgetMinor, currency))}
      />
    </button>
  )
}
