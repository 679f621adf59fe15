import { useEffect, useMemo } from 'preact/hooks'

import type { Campaign, Change } from '../api/shop-answers.ts'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Notice } from '../parts/notice.tsx'
import { createLoading } from '../state/loading.ts'
import { useApp } from '../state/use-app.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { tellChange, tellChanger } from '../words/change-words.ts'

/** Who changed what of a campaign, latest first. */
export function ChangesScreen({ campaign }: { campaign: Campaign }) {
  const { api } = useDesk()
  const { campaign: t } = useShopWords().texts
  const { campaignId } = campaign
  const changes = useMemo(() => createLoading(() => api.changes(campaignId)), [api, campaignId])
  useEffect(() => void changes.refresh(), [changes])
  return (
    <>
      <Head title={t.history} text={campaign.name} />
      <Loaded from={changes} shape="list">
        {(all) =>
          all.length === 0 ? (
            <Notice icon="clock" title={t.noHistory} text={campaign.name} />
          ) : (
            <Rows changes={all} campaign={campaign} />
          )
        }
      </Loaded>
    </>
  )
}

function Rows({ changes, campaign }: { changes: Change[]; campaign: Campaign }) {
  const words = useShopWords()
  const selfId = useApp().session.value.value?.customer.personId
  return (
    <ol class="rows">
      {changes.map((change) => {
        const { title, details } = tellChange(change, campaign, words)
        return (
          <li key={change.changeId}>
            <div class="card change">
              <strong>{title}</strong>
              {details.map((detail) => (
                <p key={detail}>{detail}</p>
              ))}
              <p class="row__sub">{tellChanger(change, selfId, words)}</p>
            </div>
          </li>
        )
      })}
    </ol>
  )
}
