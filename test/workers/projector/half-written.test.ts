import { createHash } from 'node:crypto';
import t from 'tap';
import { LmdbReadModels } from '../../../src/adapters/embedded/read-models/lmdb-read-models.js';
import type { DocumentWrite, Generation, StoredDocument } from '../../../src/ports/read-model-store.js';
import { auditTreeProjection } from '../../../src/projections/audit-tree/projection.js';
import type { DomainRecord } from '../../../src/projections/kernel/projection.js';
import { foldBatch } from '../../../src/workers/projector/fold-batch.js';
import { rulesByType, type ProjectionRun } from '../../../src/workers/projector/projection-run.js';
import { recorded, type Published } from '../../projections/projected.js';
import { MortalReadModels } from './mortal-read-models.js';

const at = '2026-01-02T03:04:05.678Z';
const withdrawn = (n: number): Published => [`coupon-C${n}`, { type: 'CouponWithdrawn', data: { couponId: `c${n}`, code: `C${n}`, withdrawnAt: at } }];
const hashed = (event: DomainRecord): DomainRecord => ({ ...event, metadata: { ...event.metadata, hash: createHash('sha256').update(event.id).digest('hex') } });
/** A tile is full in the second batch. */
const events = recorded(Array.from({ length: 270 }, (_, n) => withdrawn(n))).map(hashed);
const [first, second, third] = [events.slice(0, 250), events.slice(250, 262), events.slice(262)];

/** Documents with the position of their last event, as a store without transactions keeps them. */
class PositionedDocuments extends MortalReadModels {
  readonly documents = new Map<string, StoredDocument>();

  write(writes: readonly DocumentWrite[]): void {
    for (const { collection, id, document, position } of writes) this.documents.set(`${collection}/${id}`, { document, position });
  }

  override load = async (_generation: Generation, collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]> =>
    ids.map((id) => this.documents.get(`${collection}/${id}`) ?? { document: undefined, position: 0n });
}

t.test('whatever a crash left of a batch in a store without transactions, the tree is the same after it', async (t) => {
  const lmdb = await LmdbReadModels.open({ folder: t.testdir() });
  t.teardown(() => lmdb.close());
  const generation = await lmdb.createGeneration('audit-tree', 1, auditTreeProjection.collections, new Date(at));
  const run: ProjectionRun = { definition: auditTreeProjection, generation, position: 0n, failure: null, numbers: new Map(), rebuild: null };
  const rules = rulesByType([run]);

  const replay = async (cut: number): Promise<{ readonly documents: ReadonlyMap<string, StoredDocument>; readonly writes: number }> => {
    const store = new PositionedDocuments(lmdb, { atWrite: Number.POSITIVE_INFINITY, afterwards: false }, () => undefined);
    const writesOf = async (batch: readonly DomainRecord[]): Promise<readonly DocumentWrite[]> => {
      const [folded] = await foldBatch(store, rules, batch, batch.at(-1)?.position ?? 0n);
      if (folded?.failure !== null) throw new Error(folded?.failure ?? 'nothing was folded');
      return folded.commit.writes;
    };
    store.write(await writesOf(first));
    const writes = await writesOf(second);
    store.write(writes.slice(0, cut));
    store.write(await writesOf([...second, ...third]));
    return { documents: store.documents, writes: writes.length };
  };

  const { documents: expected, writes } = await replay(0);
  t.equal(writes, 12 + 3 + 1, 'a leaf for each event, three tiles, and the edge last');
  for (let cut = 1; cut <= writes; cut += 1) {
    const { documents } = await replay(cut);
    const contents = (of: ReadonlyMap<string, StoredDocument>) => [...of].map(([key, { document }]) => [key, document]).sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
    t.strictSame(contents(documents), contents(expected), `${cut} of ${writes} documents were written`);
  }
});
