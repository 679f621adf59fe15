import { useEffect, useMemo } from 'preact/hooks'

import type { Campaign, Preview } from '../api/shop-answers.ts'
import { Button } from '../parts/button.tsx'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { createLoading } from '../state/loading.ts'
import { useApp, useMainButton } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { tellLine } from '../words/campaign-words.ts'

/** What people will see, and what it can cost at worst: a campaign starts only from here. */
export function PreviewScreen({ campaignId }: { campaignId: string }) {
  const { api } = useDesk()
  const { preview: t } = useShopWords().texts
  const preview = useMemo(() => createLoading(() => api.preview(campaignId)), [api, campaignId])
  useEffect(() => void preview.refresh(), [preview])
  return (
    <>
      <Head title={t.title} text={t.text} />
      <Loaded from={preview} shape="ticket">
        {(shown) => <Shown preview={shown} />}
      </Loaded>
    </>
  )
}

function Shown({ preview }: { preview: Preview }) {
  const words = useShopWords()
  const { campaign, card } = preview
  return (
    <>
      <article class="ticket">
        <div class="ticket__head">
          <p class="preview__title">{card.title}</p>
          {card.body && <p>{card.body}</p>}
        </div>
        <ul class="ticket__body preview__lines">
          {card.lines.map((line) => {
            const text = tellLine(line, campaign, words)
            return <li key={text}>{text}</li>
          })}
        </ul>
      </article>
      <Cost preview={preview} />
      <Start campaign={campaign} />
    </>
  )
}

function Cost({ preview: { liability } }: { preview: Preview }) {
  const { texts, money } = useShopWords()
  const { preview: t } = texts
  const { currency, budgetMinor, fallbackMinor, rewardMinor, worstMinor } = liability
  const parts: [string, number][] = [
    [t.budget(money(budgetMinor, currency)), worstMinor - fallbackMinor - rewardMinor],
    [t.fallback, fallbackMinor],
    [t.rewards, rewardMinor],
  ]
  return (
    <section class="card">
      <table class="lines">
        <caption class="unseen">{t.worst}</caption>
        <tbody>
          {parts
            .filter(([, minor]) => minor > 0)
            .map(([label, minor]) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{money(minor, currency)}</td>
              </tr>
            ))}
        </tbody>
        <tfoot>
          <tr class="lines__total">
            <th scope="row">{t.worst}</th>
            <td>{money(worstMinor, currency)}</td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

function Start({ campaign }: { campaign: Campaign }) {
  const { router, say } = useApp()
  const { api, campaigns } = useDesk()
  const { preview: t } = useShopWords().texts
  const { isBusy, run } = useDeed()
  const { campaignId } = campaign
  const missing = missingIn(campaign)
  const start = async () => {
    if (!(await run({ campaignId }, () => api.move(campaignId, 'activate')))) return
    await campaigns.refresh()
    say(t.started)
    router.back()
  }
  useMainButton({
    text: t.start,
    isBusy,
    isOff: missing !== undefined,
    onPress: () => void start(),
  })
  return (
    <>
      {missing && <p class="form__problem">{t.missing[missing]}</p>}
      <Button look="plain" onPress={router.back}>
        {t.keep}
      </Button>
    </>
  )
}

/** Why it cannot start as it is, if it cannot. */
function missingIn({ templates, rewardAfter }: Campaign): 'kinds' | 'reward' | undefined {
  if (!templates.some(({ isFallback, isReward }) => !isFallback && !isReward)) return 'kinds'
  const isUnrewarded = rewardAfter !== null && !templates.some(({ isReward }) => isReward)
  return isUnrewarded ? 'reward' : undefined
}
