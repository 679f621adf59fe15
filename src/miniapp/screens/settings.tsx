import { useEffect } from 'preact/hooks'

import type { Settings } from '../api/me-api.ts'
import { Switch } from '../parts/field.tsx'
import { Head } from '../parts/head.tsx'
import { Loaded } from '../parts/loaded.tsx'
import { Segments } from '../parts/segments.tsx'
import { YourData } from '../parts/your-data.tsx'
import { useApp, useFresh, useWords } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'

/** What somebody chose: language, reminders, personalising; and what is kept of them. */
export function SettingsScreen() {
  const settings = useFresh(useApp().settings)
  const { settings: t } = useWords().texts
  return (
    <>
      <Head title={t.title} />
      <Loaded from={settings} shape="list">
        {(chosen) => <Chosen settings={chosen} />}
      </Loaded>
      <YourData />
    </>
  )
}

function Chosen({ settings: { language, reminders, personal } }: { settings: Settings }) {
  const { language: shown, settings } = useApp()
  const { settings: t } = useWords().texts
  const change = useChange()
  useEffect(() => {
    shown.value = language
  }, [shown, language])
  return (
    <section class="card form">
      <h2 class="card__title">{t.language}</h2>
      <Segments
        label={t.language}
        options={t.languages}
        value={language}
        onChoose={(chosen) => change({ language: chosen })}
      />
      <Switch
        id="reminders"
        label={t.reminders}
        isOn={reminders}
        isBusy={settings.isBusy.value}
        onSwitch={(isOn) => change({ reminders: isOn })}
      >
        {t.remindersText}
      </Switch>
      <Switch
        id="personal"
        label={t.personal}
        isOn={personal}
        isBusy={settings.isBusy.value}
        onSwitch={(isOn) => change({ personal: isOn })}
      >
        {t.personalText}
      </Switch>
    </section>
  )
}

/** Changes one thing; what the server keeps then is what is shown. */
function useChange(): (settings: Partial<Settings>) => void {
  const { api, settings } = useApp()
  const { run } = useDeed()
  return (changed) => void run(changed, () => api.me.change(changed)).then(settings.refresh)
}
