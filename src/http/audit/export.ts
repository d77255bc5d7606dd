import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { exportBlocks, EXPORT_FORMATS, START_OF_EXPORT, type Export, type ExportPlace } from '../../commands/audit/export-blocks.js';
import { signedCoverage, type Coverage } from '../../commands/audit/export-coverage.js';
import { AUDITED_STATUSES, AUDITED_SUBJECTS, auditedEventChooser } from '../../projections/audited-events.js';
import { treeLeaf, treeRoot, treeSize } from '../../projections/audit-tree/queries.js';
import type { HttpServices } from '../http-services.js';
import { invalidField, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { signerOf } from './checkpoints.js';
import { auditExporting } from './limits.js';
import { searchOf } from './search.js';
import { PaymentFilters } from './search-schemas.js';

/** An event takes about so much of an answer: slow readers get time for all of it. */
const BYTES_PER_EVENT = 1_500;
/** Blocks of an answer that wait for a slow reader. */
const BLOCKS_AHEAD = 2;

const coverageOf = async ({ store, readModels }: HttpServices): Promise<Coverage> => {
  const signed = await signedCoverage(store);
  if (signed !== undefined) return signed;
  const size = await treeSize(readModels);
  return { size, root: (await treeRoot(readModels, size)).toString('base64'), note: null, notes: new Map() };
};

const placeAfter = async ({ readModels }: HttpServices, eventId: string | undefined): Promise<ExportPlace> => {
  if (eventId === undefined) return START_OF_EXPORT;
  const leaf = await treeLeaf(readModels, eventId);
  if (leaf === undefined) throw invalidField('after', 'must be the id of an event of an export');
  return { after: BigInt(leaf.at), index: leaf.index + 1 };
};

const schema = {
  tags: ['Audit'],
  summary: 'Exports events of payments and coupons, as lines of JSON or as CSV',
  description:
    'In the order of the log, up to the newest checkpoint. Without filters the lines of JSON are the format of docs/audit-format.md, which needs no server to be ' +
    'verified; with filters they are the events of the payments and coupons that the search finds, and a last line with the checkpoint that covers them. An answer ' +
    'that broke off is gone on with: `after` is the id in the last whole line, and what comes then is added to the file. The header X-Audit-Checkpoint has the checkpoint in base64.',
  querystring: Type.Object({
    ...Type.Omit(PaymentFilters, ['status']).properties,
    status: Type.Optional(Type.Enum([...AUDITED_STATUSES])),
    format: Type.Optional(Type.Enum([...EXPORT_FORMATS], { default: 'ndjson' })),
    of: Type.Optional(Type.Enum([...AUDITED_SUBJECTS])),
    after: Type.Optional(Line({ minLength: 1, maxLength: 200 })),
  }),
  response: {
    200: {
      description: 'The export',
      content: Object.fromEntries(['application/x-ndjson', 'text/csv'].map((type) => [type, { schema: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string', format: 'binary' }) }])),
    },
    ...problems(404),
  },
};

/** GET /audit/export: events of payments and coupons as a stream. */
export const exportRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { store, readModels, progress } = services;

    app.get(
      '/audit/export',
      {
        exposeHeadRoute: false,
        schema,
        config: { access: ['admin', 'auditor'], isAuditExport: true, asOf: false, reads: ['audit-tree', 'audit-payments', 'audit-coupons'], limits: { areas: [auditExporting] } },
      },
      async (request, reply) => {
        const { format = 'ndjson', after, ...search } = request.query;
        const { of, status, ...filters } = search;
        const { origin } = signerOf(services);
        await progress.waitFor(await store.head(), 2_000, ['audit-tree', 'audit-payments', 'audit-coupons']);
        const choose = await auditedEventChooser(readModels, { of, status, search: searchOf(filters) });
        const coverage = await coverageOf(services);
        const place = await placeAfter(services, after);
        const blocks = async function* (): AsyncGenerator<string> {
          const made: Export = { format, origin, coverage, choose, search, plainTokens: 'withheld' };
          for await (const { text } of exportBlocks(store, made, place)) if (text !== '') yield text;
        };
        request.server.patience.forDownload(request.raw, Math.max(1, coverage.size - place.index) * BYTES_PER_EVENT);
        const name = `audit-${coverage.size}.${format}`;
        void reply.type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8').header('content-disposition', `attachment; filename="${name}"`);
        if (coverage.note !== null) void reply.header('x-audit-checkpoint', Buffer.from(coverage.note).toString('base64'));
        return reply.send(Readable.from(blocks(), { highWaterMark: BLOCKS_AHEAD }));
      },
    );
  };
