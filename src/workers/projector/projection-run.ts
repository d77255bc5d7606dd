import type { Position } from '../../ports/event-store.js';
import type { Generation, Rebuild } from '../../ports/read-models.js';
import type { ProjectionDefinition, ProjectionRule } from '../../projections/kernel/projection.js';

export interface ProjectionRun {
  readonly definition: ProjectionDefinition;
  generation: Generation;
  position: Position;
  failure: string | null;
  readonly rebuild: Rebuild | null;
}

export interface RunRule {
  readonly run: ProjectionRun;
  readonly rule: ProjectionRule;
}

export const rulesByType = (runs: readonly ProjectionRun[]): ReadonlyMap<string, readonly RunRule[]> => {
  const byType = new Map<string, RunRule[]>();
  for (const run of runs) {
    for (const rule of run.definition.rules) {
      const rules = byType.get(rule.eventType);
      if (rules === undefined) byType.set(rule.eventType, [{ run, rule }]);
      else rules.push({ run, rule });
    }
  }
  return byType;
};
