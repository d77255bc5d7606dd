import t from 'tap';
import { reportProgress } from '../../../src/commands/enrollments/report-progress.js';
import { aggregates } from '../../../src/domain/aggregates.js';
import type { DomainEvent } from '../../../src/domain/events.js';
import { MemoryEventStore } from '../../doubles/memory-event-store.js';
import { contextFor, servicesOver } from '../../fixtures/command-services.js';

t.test('students report the progress of courses that they have, and nobody that of another', async (t) => {
  const services = servicesOver(new MemoryEventStore<DomainEvent>());
  const enrollment = { userId: 'sam', courseId: 'html' };
  const report = (actorId: string, progress: number, context = contextFor()) => reportProgress(services)({ actorId, enrollment, progress }, context);
  t.match(await report('sam', 10), { ok: false, rejection: 'not-enrolled' });
  const grant = { studentId: 'sam', courseId: 'html', grantId: 'p1', source: 'package', at: services.clock.now().toISOString() } as const;
  await services.handler.handle(aggregates.enrollment, 'sam.html', { type: 'GrantAccess', data: grant }, contextFor());
  t.match(await report('ann', 10), { ok: false, rejection: 'not-own-enrollment' });
  const context = contextFor();
  t.match(await report('sam', 40, context), { ok: true, changed: true });
  t.match(await report('sam', 60), { ok: true, changed: true });
  t.match(await report('sam', 40, context), { ok: true, changed: true }, 'a repeat says what was said, and changes nothing');
  t.equal((await services.handler.load(aggregates.enrollment, 'sam.html')).state.progress, 60);
});
