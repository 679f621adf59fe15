import { useSignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'

import { asProblem } from '../api/problem.ts'
import { createRequestIds } from '../state/request-ids.ts'
import { useApp } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { tellShopProblem } from '../words/problem-words.ts'

type Body = Record<string, unknown>

/**
 * Saves a campaign and its kinds of vouchers one after the other, and goes on to the preview. After a
 * failure the same may be sent again: what is there already is not made twice. When only some vouchers
 * are missing, the draft itself is shown, where they can be added.
 */
export function useSaveCampaign() {
  const { router, say, telegram } = useApp()
  const { api, campaigns } = useDesk()
  const { texts } = useShopWords()
  const isBusy = useSignal(false)
  const ids = useMemo(() => createRequestIds(), [])

  async function save(body: Body, kinds: readonly Body[]): Promise<void> {
    if (isBusy.peek()) return
    isBusy.value = true
    let campaignId: string | undefined
    try {
      campaignId = await api.createCampaign(body, ids.idFor(body))
      for (const [nth, kind] of kinds.entries()) {
        await api.addKind(campaignId, kind, ids.idFor({ campaignId, nth, kind }))
      }
      telegram.feel('success')
      router.replace({ screen: 'preview', campaignId })
      void campaigns.refresh()
    } catch (thrown) {
      telegram.feel('error')
      say(tellShopProblem(asProblem(thrown), texts).title)
      if (campaignId !== undefined && asProblem(thrown).kind === 'refused')
        await showDraft(campaignId)
    }
    isBusy.value = false
  }

  async function showDraft(campaignId: string): Promise<void> {
    await campaigns.refresh()
    const campaign = campaigns.value.value?.find((one) => one.campaignId === campaignId)
    if (!campaign) return
    say(texts.form.kindsMissing)
    router.replace({ screen: 'campaign', campaign })
  }

  return { isBusy: isBusy.value, save }
}
