import { useState } from 'preact/hooks'
import type { Receipt } from '../api/sandbox-info.ts'
import { pressStart } from '../deeds/say.ts'
import { showColumn } from '../shell/show-column.ts'
import { did } from '../state/desk.ts'
import { useDesk } from '../state/desk-context.ts'

/** The receipts that the till has printed: one to look at, the others folded. */
export function ReceiptRail() {
  const desk = useDesk()
  const receipts = desk.receipts.value
  const [shown, show] = useState(0)
  if (receipts.length === 0) {
    return (
      <div class="receipt receipt-missing">
        <p>No receipt here.</p>
        <p>An order that comes in with a query token gets one.</p>
      </div>
    )
  }
  return (
    <div class="receipts">
      {receipts.map((receipt, index) =>
        index === shown ? (
          <PaperReceipt key={receipt.url} receipt={receipt} />
        ) : (
          <FoldedReceipt key={receipt.url} receipt={receipt} unfold={() => show(index)} />
        ),
      )}
      <Tries />
    </div>
  )
}

function FoldedReceipt({ receipt, unfold }: { receipt: Receipt; unfold: () => void }) {
  return (
    <button type="button" class="receipt receipt-folded" onClick={unfold}>
      <span>{receipt.title}</span>
      <b>{receipt.total}</b>
    </button>
  )
}

/** What to play with after the first round. */
function Tries() {
  return (
    <div class="tries">
      <h3>Then try</h3>
      <ul>
        <li>Claim twice as the same person: nobody gets two.</li>
        <li>Let somebody new into the group with +. Strangers get the preset voucher.</li>
        <li>Redeem a voucher a second time.</li>
        <li>Share to one friend instead of the group.</li>
        <li>Restart the server: chats begin anew, orders and vouchers are kept.</li>
      </ul>
    </div>
  )
}

function PaperReceipt({ receipt }: { receipt: Receipt }) {
  const desk = useDesk()
  const open = async () => {
    const { shopper } = desk.phones
    showColumn('shopper')
    await pressStart(desk, shopper, receipt.startPayload)
    did(desk, 'opened')
  }
  return (
    <article class="receipt">
      <h3 class="receipt-store">{receipt.store}</h3>
      <p class="receipt-title">{receipt.title}</p>
      <p class="receipt-total">
        <span>Paid</span>
        <b>{receipt.total}</b>
      </p>
      <img class="receipt-qr" src={pictureOf(receipt.qr)} alt="QR code of this receipt" />
      <p class="receipt-thanks">Scan for your order and a treat to share</p>
      <button
        type="button"
        class="receipt-open"
        disabled={desk.phones.shopper.person.value === undefined}
        onClick={() => void open()}
      >
        Open in Telegram
      </button>
    </article>
  )
}

/** The drawing as a picture: as markup it could hold more than a drawing. */
function pictureOf(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
