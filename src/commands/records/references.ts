import { reject, type Refusal } from '../../domain/kernel/decider.js';
import { aggregates } from '../../domain/aggregates.js';
import { keptRecord } from '../../domain/record/record-book.js';
import { streamIdOf, type Placed } from '../../domain/record/record-place.js';
import type { AnyResource, ReferableAggregate, Reference } from '../../domain/record/resource.js';
import type { CommandServices } from '../services.js';

type Handler = CommandServices['handler'];
type Values = Omit<Placed, 'recordId'>;

const existing: Readonly<Record<ReferableAggregate, (handler: Handler, id: string) => Promise<boolean>>> = {
  account: async (handler, id) => (await handler.load(aggregates.account, id)).state.status === 'registered',
  organization: async (handler, id) => (await handler.load(aggregates.organization, id)).state.status === 'active',
  course: async (handler, id) => {
    const { status } = (await handler.load(aggregates.course, id)).state;
    return status !== 'none' && status !== 'deleted';
  },
};

const valueOf = ({ ownerId, fields }: Values, name: string): unknown => (name === 'ownerId' ? ownerId : fields[name]);

const scopeIn = (resource: AnyResource, { within }: Reference, values: Values): string | null => {
  if (resource.within === null || resource.within === 'all') return resource.within;
  return within === undefined ? null : String(valueOf(values, within));
};

const exists = async (handler: Handler, reference: Reference, id: string, values: Values): Promise<boolean> => {
  const { to } = reference;
  if (typeof to === 'string') return existing[to](handler, id);
  const { state } = await handler.load(to, streamIdOf(id, scopeIn(to, reference, values)));
  return keptRecord(state, id) !== undefined;
};

/** The first of these fields that names something that does not exist, as the streams say it. */
export const missingReference = async (
  { handler }: Pick<CommandServices, 'handler'>,
  resource: AnyResource,
  values: Values,
  names: readonly string[] = Object.keys(resource.references),
): Promise<Refusal<'record-reference-missing'> | undefined> => {
  for (const field of names) {
    const reference = resource.references[field];
    const value = valueOf(values, field);
    if (reference === undefined || value === undefined || value === null) continue;
    if (!(await exists(handler, reference, String(value), values))) return reject('record-reference-missing', { field });
  }
  return undefined;
};

export const cascading = ({ references }: AnyResource): readonly string[] =>
  Object.entries(references).flatMap(([name, { cascade }]) => (cascade === true ? [name] : []));
