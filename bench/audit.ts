import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LmdbReadModels } from '../src/adapters/embedded/read-models/lmdb-read-models.js';
import { fileLines } from '../src/audit-verifier/file-lines.js';
import { verifyExport } from '../src/audit-verifier/verify-export.js';
import type { DocumentWrite } from '../src/ports/read-model-store.js';
import { nodeHash } from '../src/projections/audit-tree/hashes.js';
import { auditTreeProjection } from '../src/projections/audit-tree/projection.js';
import { inclusionProof, treeLeaf, treeSize } from '../src/projections/audit-tree/queries.js';
import { storedCollections } from '../src/projections/kernel/stored-collections.js';
import { keyOf, madeExport, randomOf, readKeyOf } from '../test/audit-verifier/made-history.js';
import type { BenchRow } from './bench-row.js';
import { startServer } from './child-server.js';
import { compareLoads } from './compare-loads.js';
import { medianOf } from './median.js';
import { ACCOUNTS, admin, Buyers, COURSES, openShop, secret, withCodes } from './purchases.js';
import { seed } from './seed.js';

const LEAVES = 1_000_000;
const PROOFS = 2_000;
const PROOF_MS = 3;
const EXPORTED = 60_000;
const ROUNDS = 5;

/** Two programs on logs of their own; one of them has the tree. */
const purchases = async (): Promise<BenchRow> => {
  // Not in the system's temporary folder, which may be memory: a flush must reach a disk.
  const folder = mkdtempSync(join(process.cwd(), '.bench-audit-'));
  const start = async (AUDIT: string) => {
    await seed(join(folder, AUDIT, 'log'), { accounts: ACCOUNTS, courses: COURSES });
    const server = await startServer('src/main.js', {
      PORT: '0', DATA_DIR: join(folder, AUDIT), RATE_LIMIT: 'off', LOG_LEVEL: 'error', JWT_SECRET: secret, ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password, AUDIT,
    });
    await openShop(server);
    const buyers = new Buyers();
    return { server, side: { url: server.url, request: () => buyers.next(withCodes) } };
  };
  const [on, off] = [await start('on'), await start('off')];
  try {
    return await compareLoads({ name: 'whole purchases with the audit tree vs without', target: 0.95, baseline: off.side, measured: on.side });
  } finally {
    await on.server.stop();
    await off.server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const TILE = 256;
const HEX = 64;

const rootOf = (hashes: readonly Buffer[]): Buffer => {
  let row = hashes;
  while (row.length > 1) row = row.flatMap((hash, place) => (place % 2 === 0 ? [nodeHash(hash, row[place + 1] ?? hash)] : []));
  return row[0] ?? Buffer.alloc(32);
};

/** The documents of a tree of a million leaves, as the projection would leave them. */
const treeOf = (leaves: number): readonly DocumentWrite[] => {
  const writes: DocumentWrite[] = [];
  const random = randomOf(1);
  let row: readonly Buffer[] = Array.from({ length: leaves }, () => Buffer.alloc(32, Math.floor(random() * 256)));
  for (let level = 0; row.length > 0; level += 1) {
    const above: Buffer[] = [];
    for (let from = 0; from < row.length; from += TILE) {
      const tile = row.slice(from, from + TILE);
      const id = `${level}/${from / TILE}`;
      writes.push({ collection: 'auditTreeTiles', id, document: { id, hashes: tile.map((hash) => hash.toString('hex')).join('') } as { id: string }, position: 1n });
      if (tile.length === TILE) above.push(rootOf(tile));
    }
    row = above;
  }
  for (let index = 0; index < leaves; index += 97) writes.push({ collection: 'auditTreeLeaves', id: `event-${index}`, document: { id: `event-${index}`, index } as { id: string }, position: 1n });
  return [...writes, { collection: 'auditTreeEdges', id: 'edge', document: { id: 'edge', size: leaves, peaks: ['0'.repeat(HEX)], at: '' } as { id: string }, position: 1n }];
};

const proofs = async (): Promise<BenchRow> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const readModels = await LmdbReadModels.open({ folder, exclusive: true });
  try {
    const generation = await readModels.createGeneration('audit-tree', auditTreeProjection.version, storedCollections(auditTreeProjection), new Date());
    await readModels.commit([{ generation, writes: treeOf(LEAVES), checkpoint: 1n }]);
    await readModels.activate({ ...generation, checkpoint: 1n });
    const random = randomOf(2);
    const times: number[] = [];
    for (let n = 0; n < PROOFS; n += 1) {
      const id = `event-${97 * Math.floor((random() * LEAVES) / 97)}`;
      const begin = performance.now();
      const [leaf, size] = await Promise.all([treeLeaf(readModels, id), treeSize(readModels)]);
      const index = leaf?.index;
      if (index === undefined || (await inclusionProof(readModels, index, size)).hashes.length < 10) throw new Error(`no proof of ${id}`);
      times.push(performance.now() - begin);
    }
    const measured = medianOf(times);
    const slow = times.toSorted((one, other) => one - other)[Math.floor(PROOFS * 0.99)] ?? 0;
    return { name: `an inclusion proof in a tree of ${LEAVES} leaves (of a hundred one takes more than ${slow.toFixed(1)} ms)`, measured, baseline: PROOF_MS, unit: 'ms', ratio: measured / PROOF_MS, target: 1, atMost: true };
  } finally {
    await readModels.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const verifying = async (): Promise<BenchRow> => {
  const folder = mkdtempSync(join(tmpdir(), 'registrar-bench-'));
  const file = join(folder, 'export.ndjson');
  const { lines, size } = await madeExport(1, EXPORTED);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  const rounds: { readonly measured: number; readonly baseline: number }[] = [];
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const begin = performance.now();
      let events = 0;
      for await (const block of fileLines(file)) for (const line of block) events += typeof JSON.parse(line ?? '') === 'object' ? 1 : 0;
      const scanned = performance.now();
      const report = await verifyExport(() => fileLines(file), { keys: [readKeyOf(keyOf(1))] });
      if (report.exitCode !== 0 || events < size) throw new Error('the export is not clean');
      rounds.push({ baseline: (size * 1_000) / (scanned - begin), measured: (size * 1_000) / (performance.now() - scanned) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const ratio = medianOf(rounds.map(({ measured, baseline }) => measured / baseline));
  return { name: 'verifying an export vs reading and parsing its lines', measured: medianOf(rounds.map(({ measured }) => measured)), baseline: medianOf(rounds.map(({ baseline }) => baseline)), unit: 'events/s', ratio, target: 0.1 };
};

/** What the audit tree costs a purchase, and what proofs and verification cost. */
export const benchAudit = async (): Promise<readonly BenchRow[]> => [await purchases(), await proofs(), await verifying()];
