import { useEffect, useState } from 'preact/hooks'

import type { ApiProblem } from '../api/problem.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { tellProblem } from '../words/problem-words.ts'
import { Button } from './button.tsx'
import type { IconName } from './icon.tsx'
import { Notice } from './notice.tsx'

type TroubleProps = { problem: ApiProblem; isBusy?: boolean; isHead?: boolean; onRetry: () => void }

/** Says what went wrong and offers to try again, no sooner than the server asked. */
export function Trouble({ problem, isBusy = false, isHead = false, onRetry }: TroubleProps) {
  const { telegram } = useApp()
  const { texts } = useWords()
  const { title, text, mayRetry } = tellProblem(problem, texts)
  const seconds = useCountdown(problem)
  return (
    <div role="alert" class={isHead ? 'notice--head' : ''}>
      <Notice icon={ICONS[problem.kind]} mood="sorry" title={title} text={text} isHead={isHead}>
        {mayRetry && (
          <Button isBusy={isBusy} isOff={seconds > 0} onPress={onRetry}>
            {seconds > 0 ? texts.retryIn(seconds) : texts.retry}
          </Button>
        )}
        {problem.kind === 'signed_out' && (
          <Button onPress={telegram.close}>{texts.problem.close}</Button>
        )}
      </Notice>
    </div>
  )
}

function useCountdown(problem: ApiProblem): number {
  const [seconds, setSeconds] = useState(problem.retryAfterSeconds)
  useEffect(() => {
    setSeconds(problem.retryAfterSeconds)
    const timer = setInterval(() => setSeconds((left) => Math.max(0, left - 1)), 1000)
    return () => clearInterval(timer)
  }, [problem])
  return seconds
}

const ICONS: Record<ApiProblem['kind'], IconName> = {
  unreachable: 'offline',
  signed_out: 'lock',
  busy: 'clock',
  refused: 'receipt',
  broken: 'offline',
}
