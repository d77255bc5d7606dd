import type { AuditCheckpointRejection } from '../../domain/audit-checkpoint/decider.js';
import type { Answer } from './answer.js';

export const auditCheckpointRefusals = {
  'audit-tree-behind': ['conflict', 'The tree does not have all events yet that were signed before.'],
  'audit-tree-differs': ['conflict', 'The tree is another one than was signed before: nothing is signed until somebody has looked at it.'],
} satisfies Record<AuditCheckpointRejection, Answer>;
