import { Readable } from 'node:stream';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { exportedEvents, type ExportRange } from '../../commands/audit/exported-events.js';
import { headerLine, trailerLine } from '../../commands/audit/export-lines.js';
import { aggregates } from '../../domain/aggregates.js';
import { AUDIT_TREE } from '../../domain/audit-checkpoint/decider.js';
import { streamName } from '../../domain/kernel/aggregate.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import { leafIndex, treeRoot, treeSize } from '../../projections/audit-tree/queries.js';
import { tracePlacesIn } from '../../projections/audit-traces/queries.js';
import type { HttpServices } from '../http-services.js';
import { invalidField, problems } from '../shared/problem.js';
import { Line } from '../shared/text-schemas.js';
import { signerOf } from './checkpoints.js';
import { chooser, EXPORTED_STATUSES } from './export-search.js';
import { csv, csvHead, ndjson, type Notes } from './export-text.js';
import { auditExporting } from './limits.js';
import { PaymentFilters } from './search-schemas.js';

/** An event takes about so much of an answer: slow readers get time for all of it. */
const BYTES_PER_EVENT = 1_500;
/** Blocks of an answer that wait for a slow reader. */
const BLOCKS_AHEAD = 2;

interface Covered {
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** Null: nothing was ever signed. */
  readonly note: string | null;
  readonly notes: Notes;
}

/** What is signed: an export ends there, so that all of it can be verified. */
const coveredBy = async ({ store, readModels }: HttpServices): Promise<Covered> => {
  const notes = new Map<number, string>();
  let newest: { readonly size: number; readonly root: string; readonly note: string } | undefined;
  for await (const { type, data } of store.readStream(streamName(aggregates.auditCheckpoint, AUDIT_TREE))) {
    if (type !== 'AuditCheckpointSigned') continue;
    notes.set(data.size, data.note);
    newest = data;
  }
  if (newest !== undefined) return { size: newest.size, root: newest.root, note: newest.note, notes: notesBefore(notes, newest.size) };
  const size = await treeSize(readModels);
  return { size, root: (await treeRoot(readModels, size)).toString('base64'), note: null, notes };
};

/** That of the whole file stands in its last line. */
const notesBefore = (notes: ReadonlyMap<number, string>, size: number): Notes => new Map([...notes].filter(([of]) => of < size));

const rangeAfter = async ({ readModels }: HttpServices, eventId: string | undefined, end: number): Promise<ExportRange> => {
  if (eventId === undefined) return { after: 0n, index: 0, end };
  const [place, index] = await Promise.all([tracePlacesIn(readModels).event(eventId), leafIndex(readModels, eventId)]);
  if (place === undefined || index === undefined) throw invalidField('after', 'must be the id of an event of an export');
  return { after: BigInt(place.at), index: index + 1, end };
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
    status: Type.Optional(Type.Enum([...EXPORTED_STATUSES])),
    format: Type.Optional(Type.Enum(['ndjson', 'csv'], { default: 'ndjson' })),
    of: Type.Optional(Type.Enum(['payments', 'coupons'])),
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
        config: { access: ['admin', 'auditor'], isAuditExport: true, asOf: false, reads: ['audit-tree', 'audit-traces', 'audit-payments', 'audit-coupons'], limits: { areas: [auditExporting] } },
      },
      async (request, reply) => {
        const { format = 'ndjson', after, ...filters } = request.query;
        const { origin } = signerOf(services);
        await progress.waitFor(await store.head(), 2_000, ['audit-tree', 'audit-traces', 'audit-payments', 'audit-coupons']);
        const choose = await chooser(readModels, filters);
        const covered = await coveredBy(services);
        const range = await rangeAfter(services, after, covered.size);
        const isCsv = format === 'csv';
        const lastLine = (): string => {
          if (choose === null) return trailerLine(covered.size, covered.root, covered.note);
          return `${canonicalJson({ search: { ...filters }, size: covered.size, root: covered.root, checkpoint: covered.note })}\n`;
        };
        const blocks = async function* (): AsyncGenerator<string> {
          if (after === undefined && (isCsv || choose === null)) yield isCsv ? csvHead() : headerLine(originOf(covered) ?? origin);
          for await (const block of exportedEvents(store, range)) {
            const chosen = choose === null ? block : await choose(block);
            const text = isCsv ? csv(chosen) : ndjson(chosen, choose === null ? covered.notes : null);
            if (text !== '') yield text;
          }
          if (!isCsv) yield lastLine();
        };
        request.server.patience.forDownload(request.raw, Math.max(1, range.end - range.index) * BYTES_PER_EVENT);
        const name = `audit-${covered.size}.${isCsv ? 'csv' : 'ndjson'}`;
        void reply.type(isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8').header('content-disposition', `attachment; filename="${name}"`);
        if (covered.note !== null) void reply.header('x-audit-checkpoint', Buffer.from(covered.note).toString('base64'));
        return reply.send(Readable.from(blocks(), { highWaterMark: BLOCKS_AHEAD }));
      },
    );
  };

const originOf = ({ note }: Covered): string | undefined => note?.split('\n', 1)[0];
