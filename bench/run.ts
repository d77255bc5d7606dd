import { isMet, shown, type BenchRow } from './bench-row.js';
import { benchAsOf } from './as-of.js';
import { benchAudit } from './audit.js';
import { benchEventStore } from './event-store.js';
import { benchFigures } from './figures.js';
import { benchHttp } from './http.js';
import { benchLists } from './lists.js';
import { benchPasswords } from './passwords.js';
import { benchProjections } from './projections.js';
import { benchPurchases } from './purchases.js';
import { benchRedemptions } from './redemptions.js';
import { benchReplayOfAll } from './replay-all.js';
import { benchServers } from './servers.js';
import { benchSoak } from './soak.js';
import { benchStartup } from './startup.js';
import { benchTypes } from './types.js';

// npm run bench -- [event-store | redemptions | projections | http | lists | purchases | servers | audit | as-of | figures | passwords | replay | startup | types | soak]: every figure with its baseline of the same run.
const benches: Readonly<Record<string, () => Promise<readonly BenchRow[]>>> = {
  'event-store': benchEventStore,
  redemptions: benchRedemptions,
  projections: benchProjections,
  http: benchHttp,
  lists: benchLists,
  purchases: benchPurchases,
  servers: benchServers,
  audit: benchAudit,
  'as-of': benchAsOf,
  figures: benchFigures,
  passwords: benchPasswords,
  replay: benchReplayOfAll,
  startup: benchStartup,
  types: benchTypes,
  soak: benchSoak,
};

const wanted = process.argv.slice(2);
const chosen = Object.entries(benches).filter(([name]) => wanted.length === 0 || wanted.includes(name));
if (chosen.length === 0) throw new Error(`there is no such bench; there are: ${Object.keys(benches).join(', ')}`);
const rows: BenchRow[] = [];
for (const [name, bench] of chosen) {
  console.log(`# ${name}`);
  for (const row of await bench()) {
    rows.push(row);
    console.log(shown(row));
  }
}
const missed = rows.filter((row) => !isMet(row));
console.log(missed.length === 0 ? '\nevery target is met' : `\n${missed.length} of ${rows.length} targets are missed`);
process.exitCode = missed.length === 0 ? 0 : 1;
