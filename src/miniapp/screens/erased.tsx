import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { useApp, useWords } from '../state/use-app.ts'

/** The end: nothing here belongs to anybody any more. */
export function ErasedScreen() {
  const { telegram } = useApp()
  const { settings: t, problem } = useWords().texts
  return (
    <Notice isHead icon="check" title={t.erased} text={t.erasedText}>
      <Button onPress={telegram.close}>{problem.close}</Button>
    </Notice>
  )
}
