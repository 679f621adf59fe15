import type { Campaign } from '../api/shop-answers.ts'
import { stageOf } from '../state/campaign-status.ts'
import { useShopWords } from '../state/use-desk.ts'

export function StagePill({ campaign }: { campaign: Campaign }) {
  const { campaigns: t } = useShopWords().texts
  const stage = stageOf(campaign, Date.now())
  return <span class={`pill ${stage === 'active' ? 'pill--on' : ''}`}>{t.status[stage]}</span>
}
