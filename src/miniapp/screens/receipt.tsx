import { useSignal } from '@preact/signals'

import type { OrderQuery } from '../api/api.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Head } from '../parts/head.tsx'
import { readReceiptCode } from '../state/receipt-code.ts'
import { useApp, useWords } from '../state/use-app.ts'
import { tellProblem } from '../words/problem-words.ts'

/** Finds an order by what its receipt says: the QR where there is a camera, the printed numbers anywhere. @patent 5 */
export function ReceiptScreen() {
  const { texts } = useWords()
  const { isBusy, problem, find } = useFind()
  return (
    <>
      <Head title={texts.receipt.title} text={texts.receipt.text} />
      <Scan isBusy={isBusy} onFind={find} />
      <Form isBusy={isBusy} problem={problem} onFind={find} />
    </>
  )
}

type FinderProps = { isBusy: boolean; onFind: (query: OrderQuery) => void }

function useFind() {
  const { api, router, telegram } = useApp()
  const isBusy = useSignal(false)
  const problem = useSignal<ApiProblem | undefined>(undefined)
  const find = async (query: OrderQuery) => {
    isBusy.value = true
    problem.value = undefined
    try {
      const found = await api.queryOrder(query)
      telegram.feel('success')
      router.replace({ screen: 'order', ...found })
    } catch (thrown) {
      telegram.feel('error')
      problem.value = asProblem(thrown)
    }
    isBusy.value = false
  }
  return {
    isBusy: isBusy.value,
    problem: problem.value,
    find: (query: OrderQuery) => void find(query),
  }
}

function Scan({ isBusy, onFind }: FinderProps) {
  const { telegram, say } = useApp()
  const { receipt: t } = useWords().texts
  const { scan } = telegram
  if (!scan) return null
  const onPress = async () => {
    const scanned = await scan(t.scanHint)
    if (scanned === undefined) return
    const query = readReceiptCode(scanned)
    if (query) onFind(query)
    else say(t.noReceipt)
  }
  return (
    <>
      <Button look="filled" icon="scan" isOff={isBusy} onPress={() => void onPress()}>
        {t.scan}
      </Button>
      <p class="or">{t.or}</p>
    </>
  )
}

function Form({ isBusy, problem, onFind }: FinderProps & { problem: ApiProblem | undefined }) {
  const { texts } = useWords()
  const t = texts.receipt
  const fields = { orderId: useSignal(''), storeId: useSignal(''), pin: useSignal('') }
  const wasTried = useSignal(false)
  const faultOf = (name: keyof typeof fields) =>
    wasTried.value && fields[name].value.trim() === '' ? t.missing : ''
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    wasTried.value = true
    const orderId = fields.orderId.value.trim()
    const storeId = fields.storeId.value.trim()
    const pin = fields.pin.value.trim()
    if (orderId && storeId && pin) onFind({ orderId, storeId, pin })
  }
  const told = problem && tellProblem(problem, texts)
  return (
    <form class="card form" noValidate onSubmit={onSubmit}>
      <Field
        id="orderId"
        label={t.orderId}
        value={fields.orderId}
        maxLength={128}
        fault={faultOf('orderId')}
      />
      <Field
        id="storeId"
        label={t.storeId}
        value={fields.storeId}
        maxLength={64}
        fault={faultOf('storeId')}
      />
      <Field id="pin" label={t.pin} value={fields.pin} maxLength={32} fault={faultOf('pin')} />
      {told && (
        <p class="form__problem" role="alert">
          <strong>{told.title}</strong> {told.text}
        </p>
      )}
      <Button isSubmit look="filled" isBusy={isBusy}>
        {t.find}
      </Button>
    </form>
  )
}
