import { useSignal } from '@preact/signals'

import { EXPORT_KINDS, type ExportKind, hasCodes } from '../../domain/export-files.ts'
import { useApp } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { mayRun } from '../state/workplace.ts'
import { Button } from './button.tsx'
import { Choice } from './field.tsx'
import { Segments } from './segments.tsx'

const PAUSE_MS = 1500
const MOST_PAUSES = 200

/** Has a file made, which the bot sends into the chat. An analyst gets none that vouchers could be spent from. */
export function Exports({ campaignId }: { campaignId: string }) {
  const { say } = useApp()
  const { api, shop } = useDesk()
  const { numbers: t } = useShopWords().texts
  const kind = useSignal<ExportKind>('redemptions')
  const format = useSignal<'csv' | 'json'>('csv')
  const progress = useSignal('')
  const { isBusy, run } = useDeed()
  const offered = EXPORT_KINDS.filter((name) => mayRun(shop) || !hasCodes(name))

  const send = async () => {
    const order = {
      kind: kind.value,
      format: format.value,
      ...(campaignId !== '' && { campaignId }),
    }
    await run(order, async (key) => follow(await api.export(order, key)))
    progress.value = ''
  }

  async function follow(exportId: string): Promise<void> {
    progress.value = t.sending
    for (let pauses = 0; pauses < MOST_PAUSES; pauses++) {
      const { status, rows } = await api.exported(exportId)
      if (status === 'done') return say(rows === 0 ? t.exportEmpty : t.exported(rows))
      if (status === 'failed') return say(t.exportFailed)
      progress.value = t.exporting(rows)
      await new Promise((go) => setTimeout(go, PAUSE_MS))
    }
  }

  return (
    <section class="card form">
      <h2 class="card__title">{t.export}</h2>
      <Choice
        id="export"
        label={t.exportKind}
        value={kind.value}
        options={textsOf(offered, t.exports)}
        onChoose={(name) => (kind.value = name)}
      />
      <Segments
        label={t.format}
        options={t.formats}
        value={format.value}
        onChoose={(name) => (format.value = name)}
      />
      <Button isBusy={isBusy} onPress={() => void send()}>
        {progress.value || t.send}
      </Button>
    </section>
  )
}

function textsOf(
  names: readonly ExportKind[],
  texts: Readonly<Record<ExportKind, string>>,
): Partial<Record<ExportKind, string>> {
  return Object.fromEntries(names.map((name) => [name, texts[name]]))
}
