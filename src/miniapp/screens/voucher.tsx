import type { Voucher } from '../api/answers.ts'
import { Head } from '../parts/head.tsx'
import { Ticket } from '../parts/ticket.tsx'
import { WhyThis } from '../parts/why.tsx'
import { useApp, useWords } from '../state/use-app.ts'

/** One voucher, to be shown at the till; as the wallet knows it by now. */
export function VoucherScreen({ voucher }: { voucher: Voucher }) {
  const { api, vouchers } = useApp()
  const { texts } = useWords()
  const known = vouchers.value.value?.find(({ voucherId }) => voucherId === voucher.voucherId)
  return (
    <>
      <Head title={texts.voucher.title} />
      <Ticket voucher={known ?? voucher} />
      <WhyThis label={texts.why.voucher} ask={() => api.me.whyVoucher(voucher.voucherId)} />
    </>
  )
}
