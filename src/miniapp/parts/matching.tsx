import { useMemo } from 'preact/hooks'

import { hasChoice, tightnessOf } from '../../domain/lift.ts'
import type { MatchingArm } from '../../domain/views.ts'
import type { Matching, Report } from '../api/shop-answers.ts'
import { createLoading } from '../state/loading.ts'
import { useApp, useFresh } from '../state/use-app.ts'
import { useDeed } from '../state/use-deed.ts'
import { useDesk, useShopWords } from '../state/use-desk.ts'
import { mayRun } from '../state/workplace.ts'
import {
  strongest,
  tellDriver,
  tellHundred,
  tellLift,
  tellPrice,
  tellWhatIf,
} from '../words/matching-words.ts'
import { Bar } from './bar.tsx'
import { Button } from './button.tsx'
import { LiftLine } from './lift-line.tsx'
import { Loaded } from './loaded.tsx'

/** What chooses offers and vouchers: what it brings, what drives it and for whom. @patent 12 */
export function MatchingReports() {
  const { router } = useApp()
  const { api, shop } = useDesk()
  const { matching: t } = useShopWords().texts
  const matching = useFresh(useMemo(() => createLoading(api.matching), [api]))
  return (
    <section>
      <h2 class="section-title">{t.title}</h2>
      <Loaded from={matching} shape="list">
        {(shown) => <Shown matching={shown} onChange={() => void matching.refresh()} />}
      </Loaded>
      {mayRun(shop) && (
        <Button look="plain" icon="sliders" onPress={() => router.go({ screen: 'matching' })}>
          {t.settings}
        </Button>
      )}
    </section>
  )
}

function Shown({ matching, onChange }: { matching: Matching; onChange: () => void }) {
  const words = useShopWords()
  const { matching: t } = words.texts
  const { reports, prices, currency, settings } = matching
  const told = reports.filter((one) => one.learnt + one.outcomes > 0 && hasChoice(one))
  const tight = prices.filter((price) => tightnessOf(price) !== 'loose')
  return (
    <>
      {told.length === 0 && <p class="card">{t.nothing}</p>}
      {told.map((report) => (
        <ReportCard key={report.point} report={report} currency={currency} onChange={onChange} />
      ))}
      {tight.map((price) => (
        <p key={price.campaignId} class="card">
          {tellPrice(price, settings, currency, words)}
        </p>
      ))}
    </>
  )
}

type CardProps = { report: Report; currency: string; onChange: () => void }

function ReportCard({ report, currency, onChange }: CardProps) {
  const words = useShopWords()
  const { matching: t } = words.texts
  const { point, lift, stoppedAt, arms, drivers, isFrozen, personal } = report
  const { title, text } = tellLift(report, currency, words)
  return (
    <section class="card matching">
      <h3 class="card__title">{t.points[point]}</h3>
      {stoppedAt && <Stopped report={report} stoppedAt={stoppedAt} onChange={onChange} />}
      <p>
        <strong>{title}</strong>
      </p>
      {lift && <LiftLine lift={lift} />}
      <p class="row__sub">{text}</p>
      {isFrozen && <p class="row__sub">{t.frozen}</p>}
      <Arms arms={arms} />
      {drivers.length > 0 && (
        <>
          <h4 class="matching__part">{t.drivers}</h4>
          <ul class="matching__list">
            {strongest(drivers).map((driver) => (
              <li key={driver.armId + driver.feature}>{tellDriver(driver, words)}</li>
            ))}
          </ul>
        </>
      )}
      <WhatIf report={report} currency={currency} />
      {personal !== null && (
        <p class="card__foot">{t.personal(words.count(Math.round(100 * personal)))}</p>
      )}
    </section>
  )
}

function Stopped({
  report,
  stoppedAt,
  onChange,
}: {
  report: Report
  stoppedAt: string
  onChange: () => void
}) {
  const { api, shop } = useDesk()
  const { texts, day } = useShopWords()
  const { matching: t } = texts
  const { isBusy, run } = useDeed()
  const resume = async () => {
    const { point } = report
    if (await run({ point, stoppedAt }, (key) => api.resumeMatching(point, key))) onChange()
  }
  return (
    <>
      <p class="field__fault">{t.stopped(day(stoppedAt))}</p>
      {mayRun(shop) && (
        <Button look="soft" isBusy={isBusy} onPress={() => void resume()}>
          {t.resume}
        </Button>
      )}
    </>
  )
}

/** How often each is chosen, and what became of it beside what was expected. */
function Arms({ arms }: { arms: readonly MatchingArm[] }) {
  const { texts, count, locale } = useShopWords()
  const { matching: t } = texts
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  return (
    <>
      {arms.map(({ id, name, isPreset, share, redeemed, settled, expected }) => (
        <div key={id} class="matching__arm">
          <Bar
            label={isPreset ? t.preset(name) : name}
            used={share}
            most={1}
            text={isPreset ? t.compared : t.chosen(percent.format(share))}
          />
          <p class="row__sub">
            {t.redeemed(count(redeemed), count(settled), percent.format(expected))}
          </p>
        </div>
      ))}
    </>
  )
}

function WhatIf({ report, currency }: { report: Report; currency: string }) {
  const words = useShopWords()
  const { matching: t } = words.texts
  const { whatIf, objective } = report
  const [first] = whatIf
  if (!first) return null
  return (
    <>
      <h4 class="matching__part">{t.whatIf}</h4>
      <ul class="matching__list">
        <li class="matching__line">
          <strong>{t.asItWas}</strong>
          <strong>{tellHundred(first.asItWas, objective, currency, words)}</strong>
        </li>
        {whatIf.map((one) => {
          const { label, range } = tellWhatIf(one, objective, currency, words)
          return (
            <li key={label} class="matching__line">
              <span>{label}</span>
              <span>{range}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
