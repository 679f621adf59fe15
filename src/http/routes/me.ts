import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { erasePerson, showErasure } from '../../usecases/erase-person.ts'
import { exportPerson } from '../../usecases/export-person.ts'
import { changeSettings, settingsOf } from '../../usecases/person-settings.ts'
import { Body } from '../fields.ts'
import { perPerson } from '../limits.ts'
import type { Server } from '../server.ts'
import { visitorOf } from '../who.ts'

const Zone = Type.Union([Type.String({ pattern: '^[A-Za-z0-9_+/-]{1,64}$' }), Type.Null()], {
  description: 'IANA time zone; null where none was told',
})
const Settings = Type.Object({
  language: Type.Enum(['en', 'zh']),
  reminders: Type.Boolean({ description: 'Of vouchers that end within 72 and 12 hours' }),
  personal: Type.Boolean({
    description: 'Off: everybody’s voucher and order of offers, whatever is known of the person',
  }),
  zone: Zone,
})

const Rows = Type.Array(Type.Record(Type.String(), Type.Unknown()))
const Known = Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])
const Export = Type.Object({
  exportedAt: Type.Unsafe<Date>({ type: 'string', format: 'date-time' }),
  person: Known,
  merchants: Type.Array(
    Type.Object({
      merchantId: Type.String(),
      merchantName: Type.String(),
      customer: Known,
      orders: Rows,
      shares: Rows,
      vouchers: Rows,
      decisions: Rows,
      events: Rows,
      staff: Known,
      redeemed: Rows,
      changes: Rows,
    }),
  ),
  waiting: Type.Object({ messages: Rows, updates: Rows }),
})

const Erasure = Type.Object({
  vouchers: Type.Integer({ description: 'With something left to spend; it would be void' }),
  shares: Type.Integer({ description: 'That friends can still open' }),
  roles: Type.Array(
    Type.Object({
      merchantId: Type.String(),
      merchantName: Type.String(),
      role: Type.Enum(['owner', 'manager', 'cashier', 'analyst']),
    }),
  ),
  leftAlone: Type.Array(Type.Object({ merchantId: Type.String(), merchantName: Type.String() }), {
    description: 'Shops that nobody would own any more',
  }),
})

/** What a person chose, all that is kept of them, and being forgotten. */
export function meRoutes(server: Server, app: AppContext): void {
  server.get(
    '/v1/me/settings',
    { schema: { tags: ['people'], response: { 200: Settings } } },
    async (request) => settingsOf(app, visitorOf(request).personId),
  )
  server.patch(
    '/v1/me/settings',
    {
      schema: {
        tags: ['people'],
        body: Body({
          language: Type.Optional(Settings.properties.language),
          reminders: Type.Optional(Settings.properties.reminders),
          personal: Type.Optional(Settings.properties.personal),
          zone: Type.Optional(Zone),
        }),
        response: { 200: Settings },
      },
    },
    async (request) => changeSettings(app, visitorOf(request).personId, request.body),
  )
  server.get(
    '/v1/me/export',
    {
      schema: { tags: ['people'], response: { 200: Export } },
      config: perPerson({ max: 5, timeWindow: '1 minute' }),
    },
    async (request) => exportPerson(app, visitorOf(request).personId),
  )
  server.get(
    '/v1/me/erasure',
    { schema: { tags: ['people'], response: { 200: Erasure } } },
    async (request) => showErasure(app, visitorOf(request).personId),
  )
  server.post(
    '/v1/me/erasure',
    {
      schema: {
        tags: ['people'],
        body: Body({ confirm: Type.Literal(true) }),
        response: { 200: Type.Object({ outcome: Type.Literal('erased') }) },
      },
      config: perPerson({ max: 5, timeWindow: '1 minute' }),
    },
    async (request) => {
      await erasePerson(app, visitorOf(request).personId)
      return { outcome: 'erased' as const }
    },
  )
}
