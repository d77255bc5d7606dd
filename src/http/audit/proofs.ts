import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { consistencyProof, inclusionProof, treeLeaf, treeSize } from '../../projections/audit-tree/queries.js';
import type { HttpServices } from '../http-services.js';
import { invalidField, notFound, problems } from '../shared/problem.js';
import { signerOf } from './checkpoints.js';
import { auditReading } from './limits.js';

const Hash = Type.String({ description: 'Base64 of 32 bytes' });
const Hashes = Type.Array(Hash);
const Size = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

const Inclusion = Type.Object({ eventId: Type.String(), index: Type.Integer(), size: Type.Integer(), leaf: Hash, hashes: Hashes, root: Hash });
const Consistency = Type.Object({ from: Type.Integer(), to: Type.Integer(), fromRoot: Hash, toRoot: Hash, hashes: Hashes });

const UUID = '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$';

const base64 = (bytes: Buffer): string => bytes.toString('base64');

/** GET /audit/proofs/inclusion/:eventId and /audit/proofs/consistency (docs/audit-format.md). */
export const proofRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { readModels } = services;

    app.get(
      '/audit/proofs/inclusion/:eventId',
      {
        schema: {
          tags: ['Audit'],
          summary: 'That an event stands in the tree of that size',
          params: Type.Object({ eventId: Type.String({ pattern: UUID, maxLength: 36 }) }),
          querystring: Type.Object({ size: Type.Optional(Size) }),
          response: { 200: Inclusion, ...problems(404) },
        },
        config: { access: ['admin', 'auditor'], reads: ['audit-tree'], limits: { areas: [auditReading] } },
      },
      async ({ params: { eventId }, query: { size } }) => {
        signerOf(services);
        const [placed, whole] = await Promise.all([treeLeaf(readModels, eventId), treeSize(readModels)]);
        if (placed === undefined || placed.index >= whole) throw notFound('event of a payment or a coupon');
        const { index } = placed;
        const of = size ?? whole;
        if (of <= index || of > whole) throw invalidField('size', `must be from ${index + 1}, where the event comes in, to ${whole}, how many there are`);
        const { leaf, hashes, root } = await inclusionProof(readModels, index, of);
        return { eventId, index, size: of, leaf: base64(leaf), hashes: hashes.map(base64), root: base64(root) };
      },
    );

    app.get(
      '/audit/proofs/consistency',
      {
        schema: {
          tags: ['Audit'],
          summary: 'That the tree of one size is the beginning of that of another',
          querystring: Type.Object({ from: Size, to: Type.Optional(Size) }),
          response: { 200: Consistency },
        },
        config: { access: ['admin', 'auditor'], reads: ['audit-tree'], limits: { areas: [auditReading] } },
      },
      async ({ query: { from, to } }) => {
        signerOf(services);
        const whole = await treeSize(readModels);
        const until = to ?? whole;
        if (until > whole) throw invalidField('to', `must be at most ${whole}, how many events there are`);
        if (from > until) throw invalidField('from', 'must not be greater than to');
        const { hashes, fromRoot, toRoot } = await consistencyProof(readModels, from, until);
        return { from, to: until, fromRoot: base64(fromRoot), toRoot: base64(toRoot), hashes: hashes.map(base64) };
      },
    );
  };
