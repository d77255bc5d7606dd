import type { DomainEvent, EventOfType } from '../../src/domain/events.js';
import type { Published } from './projected.js';

export const at = '2026-03-01T10:00:00.000Z';
export const later = '2026-03-02T10:00:00.000Z';

export const onAccount =
  (accountId: string) =>
  (event: DomainEvent): Published => [`account-${accountId}`, event];

export const registered = (accountId: string, changes: Partial<EventOfType<'AccountRegistered'>['data']> = {}): Published =>
  onAccount(accountId)({
    type: 'AccountRegistered',
    data: {
      accountId,
      name: 'Ada',
      email: `${accountId}@example.com`,
      role: 'student',
      passwordHash: 'hash-of-a-password',
      provider: 'local',
      imageUrl: null,
      registeredAt: at,
      ...changes,
    },
  });

export const passwordChanged = (accountId: string, reason: 'changed' | 'reset' | 'hash-upgraded'): Published =>
  onAccount(accountId)({
    type: 'AccountPasswordChanged',
    data: { accountId, passwordHash: 'another-hash', reason, changedAt: later },
  });
