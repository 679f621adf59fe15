import type { ErasureView } from '../../usecases/erase-person.ts'
import type { PersonExport } from '../../usecases/export-person.ts'
import type { Message } from '../message.ts'
import type { Texts } from '../texts.ts'
import { bold, callbackButton, GAP, linesOf } from './parts.ts'

/** What is kept, and whether it decides what the person gets. */
export function drawPrivacy(t: Texts, { personal }: { personal: boolean }): Message {
  const to = personal ? 'off' : 'on'
  return {
    text: linesOf(
      `🔒 ${bold(t.html('privacy-title'))}`,
      GAP,
      t.html('privacy-body'),
      GAP,
      t.html(personal ? 'privacy-personal' : 'privacy-not-personal'),
    ),
    buttons: [
      [callbackButton(t.plain(`button-personal-${to}`), `y:personal:${to}`)],
      [callbackButton(t.plain('button-my-data'), 'y:export')],
      [callbackButton(t.plain('button-erase'), 'y:ask')],
    ],
  }
}

/** All that is kept of a person, as a file that they may save and hand on. */
export function drawPersonExport(t: Texts, data: PersonExport): Message {
  return {
    text: t.html('my-data-ready', { moment: t.moment(data.exportedAt) }),
    file: {
      as: 'document',
      filename: 'passalong-data.json',
      bytes: () => [Buffer.from(JSON.stringify(data, null, 2))],
    },
  }
}

/** What would be lost, and what happens to shops that nobody else owns, before it is done. */
export function drawErasureQuestion(t: Texts, lost: ErasureView): Message {
  const { vouchers, shares, roles, leftAlone } = lost
  const facts = [
    ...(vouchers > 0 ? [t.html('erasure-vouchers', { count: vouchers })] : []),
    ...(shares > 0 ? [t.html('erasure-shares', { count: shares })] : []),
    ...roles.map(({ role, merchantName }) =>
      t.html('erasure-role', { role: t.plain(`role-${role}`), merchant: merchantName }),
    ),
  ]
  return {
    text: linesOf(
      `🗑 ${bold(t.html('erasure-ask'))}`,
      GAP,
      ...facts.map((fact) => `• ${fact}`),
      ...leftAlone.flatMap(({ merchantName }) => [
        GAP,
        `⚠️ ${t.html('erasure-left-alone', { merchant: merchantName })}`,
      ]),
      (facts.length > 0 || leftAlone.length > 0) && GAP,
      t.html('erasure-rest'),
    ),
    buttons: [
      [callbackButton(t.plain('button-erase-yes'), 'y:erase')],
      [callbackButton(t.plain('button-erase-no'), 'y:keep')],
    ],
  }
}

export function drawErased(t: Texts): Message {
  return { text: linesOf(bold(t.html('erasure-done')), t.html('erasure-done-body')) }
}
