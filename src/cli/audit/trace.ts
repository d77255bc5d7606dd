import { parseArgs } from 'node:util';
import { traceEvents } from '../../commands/audit/trace-events.js';
import { traceTree, type TraceNode } from '../../commands/audit/trace-tree.js';
import { canonicalJson } from '../../primitives/canonical-json.js';
import { tracesIn } from '../../projections/audit-traces/queries.js';
import { invoiceIdOfNumber } from '../../projections/invoices/queries.js';
import { DONE, FAILED, INTERRUPTED, type Action, type Command } from '../command.js';
import { oneLine } from '../one-line.js';

const PAGE = 1_000;

const lineOf = ({ id, kind, depth, event }: TraceNode): string => {
  const place = '  '.repeat(depth);
  if (event === null) return `${place}${kind} ${id}`;
  const { type, stream, revision, occurredAt, actorId } = event;
  return `${place}${kind} ${type}  ${stream}@${revision}  ${occurredAt}${actorId === null ? '' : `  by ${actorId}`}  ${id}`;
};

const trace =
  (id: string, asJson: boolean): Action<'audited log'> =>
  async ({ openLog, openReadModels }, { print, signal }) => {
    const [store, readModels] = [await openLog(), await openReadModels()];
    const services = { store, index: tracesIn(readModels) };
    const pageAfter = async (after: string | undefined) =>
      (await traceEvents(services, id, { after, limit: PAGE })) ?? (await ofNumber(after));
    const ofNumber = async (after: string | undefined) => {
      const invoiceId = await invoiceIdOfNumber(readModels, id);
      return invoiceId === undefined ? undefined : traceEvents(services, invoiceId, { after, limit: PAGE });
    };
    for (let after: string | undefined; ; ) {
      const found = await pageAfter(after);
      if (found === undefined) {
        print(`There is no event, command, request, payment or invoice ${oneLine(id)}.`);
        return FAILED;
      }
      for (const node of traceTree(found.events, { isFirstPage: after === undefined })) print(asJson ? canonicalJson(node) : oneLine(lineOf(node)));
      if (signal.aborted) return INTERRUPTED;
      if (found.next === null) return DONE;
      after = found.next;
    }
  };

/** Prints what an event, a command, a request, a payment or an invoice came from and led to; beside a server or without one. */
export const auditTraceCommand: Command<'audited log'> = {
  summary: 'prints the tree of causes of an event, a command, a request, a payment or an invoice',
  usage: 'audit trace ID [--json]',
  needs: 'audited log',
  parse: (args) => {
    const { positionals, values } = parseArgs({ args: [...args], allowPositionals: true, options: { json: { type: 'boolean' } } });
    const [id, ...rest] = positionals;
    return id === undefined || rest.length > 0 ? undefined : trace(id, values.json === true);
  },
};
