import { Readable } from 'node:stream'
import Type from 'typebox'

import type { AppContext } from '../../context.ts'
import { dayOf } from '../../domain/days.ts'
import { EXPORT_KINDS, fileNameOf } from '../../domain/export-files.ts'
import { AppError } from '../../errors.ts'
import { askForExport } from '../../usecases/ask-for-export.ts'
import { exportBytes, showExport } from '../../usecases/export-file.ts'
import { showDashboard } from '../../usecases/show-dashboard.ts'
import { Body, ForMerchant, Id, Merchant, RequestId } from '../fields.ts'
import { perPerson } from '../limits.ts'
import { Dashboard, Export } from '../schemas.ts'
import type { Server } from '../server.ts'
import { tillOf } from '../who.ts'

const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'A day of the zone' })
const WithKey = Type.Object({ 'idempotency-key': Type.Optional(RequestId) })
const params = Type.Object({ id: Id })
/** Each reads all vouchers of a merchant. */
const SOMETIMES = perPerson({ max: 30, timeWindow: '1 minute' })

/** What a merchant sees: the numbers, and files of everything to look at elsewhere. @patent 12 */
export function numberRoutes(server: Server, app: AppContext): void {
  server.get(
    '/v1/dashboard',
    {
      schema: {
        tags: ['staff'],
        querystring: Body({
          merchantId: Merchant,
          campaignId: Type.Optional(Id),
          from: Type.Optional(Day),
          to: Type.Optional(Day),
        }),
        response: { 200: Dashboard },
      },
      config: SOMETIMES,
    },
    async (request) => {
      const { campaignId, from, to } = request.query
      return showDashboard(app, { merchantId: tillOf(request).merchantId, campaignId, from, to })
    },
  )
  server.post(
    '/v1/exports',
    {
      schema: {
        tags: ['staff'],
        headers: WithKey,
        body: Body({
          merchantId: Merchant,
          kind: Type.Enum(EXPORT_KINDS),
          format: Type.Enum(['csv', 'json']),
          campaignId: Type.Optional(Id),
        }),
        response: {
          200: Type.Object({
            outcome: Type.Enum(['started', 'under_way', 'repeated']),
            exportId: Type.String(),
          }),
        },
      },
      config: SOMETIMES,
    },
    async (request) => {
      const { kind, format, campaignId } = request.body
      return askForExport(app, {
        ...tillOf(request),
        role: request.role,
        kind,
        format,
        campaignId,
        requestId: request.headers['idempotency-key'],
      })
    },
  )
  server.get(
    '/v1/exports/:id',
    {
      schema: {
        tags: ['staff'],
        params,
        querystring: ForMerchant,
        response: { 200: Export },
      },
    },
    async (request) => {
      const { role } = request
      const {
        campaignId,
        requestedBy: _,
        ...shown
      } = await showExport(app, {
        ...tillOf(request),
        role,
        exportId: request.params.id,
      })
      return { ...shown, ...(campaignId && { campaignId }) }
    },
  )
  server.get(
    '/v1/exports/:id/file',
    {
      schema: {
        tags: ['staff'],
        description: 'CSV (RFC 4180), or JSON with one object on each line',
        params,
        querystring: ForMerchant,
      },
      config: SOMETIMES,
    },
    async (request, reply) => {
      const { merchantId, by } = tillOf(request)
      const exportId = request.params.id
      const made = await showExport(app, { merchantId, by, role: request.role, exportId })
      if (made.status !== 'done') {
        throw new AppError('ERR_EXPORT_NOT_READY', `This export is ${made.status}.`)
      }
      const name = fileNameOf(made.kind, made.format, dayOf(made.createdAt, 'UTC'))
      return reply
        .type(made.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .send(Readable.from(exportBytes(app, { merchantId, exportId })))
    },
  )
}
