import type { EventType } from '../../domain/events.js';
import { orderedPosition } from '../kernel/stored-collections.js';
import { projection, rule } from '../kernel/projection.js';
import { erasures } from './document.js';

/** docs/deleted-accounts.md says what each of them takes away. */
const ERASING = ['AccountDeleted', 'ChatMessageForgotten', 'InvoiceBillingForgotten'] as const satisfies readonly EventType[];

/** Where the log erases: answers as of an earlier moment are made with these events, too. */
export const erasuresProjection = projection({
  name: 'erasures',
  version: 1,
  collections: [erasures],
  rules: ERASING.map((type) =>
    rule(erasures, type, ({ id }) => id, (_, { position, stream, revision }, id) => ({ id, position: orderedPosition(position), stream, revision })),
  ),
});
