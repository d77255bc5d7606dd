import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type, type Static } from 'typebox';
import { signCheckpoints } from '../../commands/audit/sign-checkpoints.js';
import { AUDIT_TREE } from '../../domain/audit-checkpoint/decider.js';
import { CheckpointReason } from '../../domain/audit-checkpoint/events.js';
import { aggregates } from '../../domain/aggregates.js';
import { streamName } from '../../domain/kernel/aggregate.js';
import type { CheckpointSigner } from '../../ports/audit.js';
import { treeOf } from '../../projections/audit-tree/queries.js';
import type { HttpServices } from '../http-services.js';
import { actorIdOf } from '../shared/access.js';
import { notFound, Problem, problems } from '../shared/problem.js';
import { runner } from '../shared/run.js';
import { auditReading } from './limits.js';

const MOST_LISTED = 100;
const TEXT = 'text/plain; charset=utf-8';

const Checkpoint = Type.Object({
  size: Type.Integer({ description: 'How many events it is about' }),
  root: Type.String({ description: 'Base64' }),
  note: Type.String({ description: 'The whole signed note (C2SP tlog-checkpoint)' }),
  vkey: Type.String({ description: 'The key that verifies it' }),
  reason: CheckpointReason,
  signedAt: Type.String(),
});
type Checkpoint = Static<typeof Checkpoint>;

const CheckpointPage = Type.Object({
  checkpoints: Type.Array(Checkpoint, { description: 'The newest first' }),
  nextBefore: Type.Union([Type.Integer(), Type.Null()], { description: 'What `before` is for the next page; null at the end' }),
});

const Keys = Type.Object({
  origin: Type.String({ description: 'The name of the log' }),
  vkey: Type.String({ description: 'The key that signs now' }),
  vkeys: Type.Array(Type.String(), { description: 'All that ever signed a checkpoint, the oldest first, and the one that signs now' }),
});

/** How long a request waits for the tree to show what came before it. */
const LEVEL_MS = 2_000;

/** Throws a 404 where AUDIT is off. */
export const signerOf = ({ signer }: Pick<HttpServices, 'signer'>): CheckpointSigner => {
  if (signer === null) throw new Problem(404, 'audit-off', 'There is no audit tree: AUDIT is off.');
  return signer;
};

/** Checkpoints, the newest first, below a revision of their stream. */
async function* newestFirst({ store }: HttpServices, before: number | null, limit: number): AsyncGenerator<Checkpoint & { readonly revision: number }> {
  const stream = streamName(aggregates.auditCheckpoint, AUDIT_TREE);
  if (before === 0) return;
  const from = before === null ? {} : { fromRevision: before - 1 };
  for await (const { type, data, revision } of store.readStream(stream, { direction: 'backwards', limit, ...from })) {
    if (type === 'AuditCheckpointSigned') yield { ...data, revision };
  }
}

type Routes = (app: Parameters<FastifyPluginAsyncTypebox>[0], services: HttpServices) => void;

const keyRoute: Routes = (app, services) =>
  void app.get(
    '/audit/key',
    {
      schema: { tags: ['Audit'], summary: 'The public keys that verify checkpoints', response: { 200: Keys, ...problems(404) } },
      config: { access: 'public', reads: [] },
    },
    async () => {
      const { origin, vkey } = signerOf(services);
      const { state } = await services.commands.handler.load(aggregates.auditCheckpoint, AUDIT_TREE, 'lately');
      return { origin, vkey, vkeys: [...new Set([...state.vkeys, vkey])] };
    },
  );

const newestRoute: Routes = (app, services) =>
  void app.get(
    '/audit/checkpoint',
    {
      schema: {
        tags: ['Audit'],
        summary: 'The newest checkpoint, as the signed note itself',
        response: { 200: { description: 'C2SP tlog-checkpoint', content: { 'text/plain': { schema: Type.String() } } }, ...problems(404) },
      },
      config: { access: ['admin', 'auditor'], reads: [], limits: { areas: [auditReading] } },
    },
    async (_request, reply) => {
      signerOf(services);
      for await (const { note } of newestFirst(services, null, 1)) return reply.type(TEXT).send(note);
      throw notFound('checkpoint');
    },
  );

const listRoute: Routes = (app, services) =>
  void app.get(
    '/audit/checkpoints',
    {
      schema: {
        tags: ['Audit'],
        summary: 'Every checkpoint, the newest first',
        querystring: Type.Object({
          before: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: 'nextBefore of the page before' })),
          limit: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_LISTED, default: MOST_LISTED })),
        }),
        response: { 200: CheckpointPage },
      },
      config: { access: ['admin', 'auditor'], reads: [], limits: { areas: [auditReading] } },
    },
    async ({ query: { before = null, limit = MOST_LISTED } }) => {
      const checkpoints: Checkpoint[] = [];
      let nextBefore: number | null = null;
      for await (const { revision, ...checkpoint } of newestFirst(services, before, limit)) {
        checkpoints.push(checkpoint);
        nextBefore = revision > 0 ? revision : null;
      }
      return { checkpoints, nextBefore };
    },
  );

const signRoute: Routes = (app, services) => {
  const run = runner(services);
  app.post(
    '/audit/checkpoints',
    {
      schema: {
        tags: ['Audit'],
        summary: 'Signs a checkpoint of all events so far, and sends it to AUDIT_CHECKPOINT_TO',
        response: { 200: Checkpoint, ...problems(404, 409) },
      },
      config: { access: ['admin'], reads: ['audit-tree'] },
    },
    async (request, reply) => {
      const signer = signerOf(services);
      await services.progress.waitFor(await services.store.head(), LEVEL_MS, ['audit-tree']);
      const tree = treeOf(services.readModels);
      const signed = await run(request, reply, (commands) => () => signCheckpoints({ ...commands, signer, tree })('demand', actorIdOf(request)), null);
      if (signed === null) throw notFound('event of a payment or a coupon yet');
      return signed;
    },
  );
};

/** GET /audit/key, /audit/checkpoint, /audit/checkpoints; POST /audit/checkpoints. */
export const checkpointRoutes =
  (services: HttpServices): FastifyPluginAsyncTypebox =>
  async (app) => {
    for (const add of [keyRoute, newestRoute, listRoute, signRoute]) add(app, services);
  };
