import { fittingLines, type Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, code, cut, GAP, linesOf } from './parts.ts'

type Batch = {
  batchId: string
  templateName: string
  wanted: number
  made: number
  status: 'running' | 'done' | 'cancelled' | 'failed'
}

/** How far a batch of codes has come, with a button to stop it while it runs. */
export function drawBatch(t: Texts, merchantId: string, batch: Batch): Message {
  const isRunning = batch.status === 'running'
  return {
    text: linesOf(
      `🔢 ${bold(t.html(`codes-${batch.status}`, { name: cut(batch.templateName, 60) }))}`,
      `${isRunning ? `${bar(batch)} ` : ''}${t.html('codes-made', progressOf(batch))}`,
      batch.status === 'cancelled' && t.html('codes-stay'),
    ),
    buttons: isRunning
      ? [[callbackButton(t.plain('button-codes-stop'), `b:${merchantId}:${batch.batchId}`)]]
      : [],
  }
}

/** The newest batches, and how to ask for codes. */
export function drawBatches(t: Texts, merchantName: string, batches: readonly Batch[]): Message {
  return {
    text: linesOf(
      bold(t.html('codes-title', { merchant: merchantName })),
      ...(batches.length === 0 ? [t.html('codes-none')] : []),
      ...batches.slice(0, 10).map((batch) =>
        t.html(`codes-line-${batch.status}`, {
          name: cut(batch.templateName, 60),
          ...progressOf(batch),
        }),
      ),
      GAP,
      t.html('codes-form'),
      code(t.plain('codes-example')),
      t.html('codes-more'),
      t.html('codes-own'),
      code(t.plain('codes-own-example')),
    ),
  }
}

/** How many codes were taken, and why others were not. */
export function drawImported(t: Texts, name: string, { taken, leftOut }: Imported): Message {
  const head = bold(t.html('codes-taken', { count: taken, name: cut(name, 60) }))
  const fitting = fittingLines(
    leftOut.map(({ text, why }) => `• ${code(cut(text, 64))} – ${t.html(`codes-left-out-${why}`)}`),
    head,
    MOST_LEFT_OUT,
  )
  return {
    text: linesOf(
      `🔢 ${head}`,
      ...fitting.lines,
      fitting.left > 0 && t.html('and-more', { count: fitting.left }),
    ),
  }
}

type Imported = {
  taken: number
  leftOut: readonly { text: string; why: 'no_code' | 'import' | 'pool' | 'voucher' }[]
}

const MOST_LEFT_OUT = 20

/** Asks which vouchers codes are for; the answer finds the command in the message that it replies to. */
export function drawTemplateQuestion(
  t: Texts,
  merchantId: string,
  templates: readonly { templateId: string; name: string; campaignName: string }[],
  commandMessageId: number,
): Message {
  return {
    text: t.html('which-vouchers'),
    replyTo: commandMessageId,
    buttons: templates
      .slice(0, 20)
      .map(({ templateId, name, campaignName }) => [
        callbackButton(
          `🎟 ${cut(name, 28)} · ${cut(campaignName, 25)}`,
          `w:${merchantId}:${templateId}`,
        ),
      ]),
  }
}

function progressOf({ made, wanted }: Batch): { done: number; all: number } {
  return { done: made, all: wanted }
}

const STEPS = 10

function bar({ made, wanted }: Batch): string {
  const full = Math.floor((made * STEPS) / wanted)
  return '▰'.repeat(full) + '▱'.repeat(STEPS - full)
}
