import type { Position } from '../../ports/event-store.js';
import type { Generation, Rebuild } from '../../ports/read-models.js';
import type { ProjectionDefinition, ProjectionRule } from '../../projections/kernel/projection.js';

/** A generation that is being fed with events by its definition. */
export interface ProjectionRun {
  readonly definition: ProjectionDefinition;
  generation: Generation;
  /** Its documents show all events up to here. */
  position: Position;
  /** Why it stopped: an event could not be applied. */
  failure: string | null;
  /** The request that it fulfils, if it was asked for. */
  readonly rebuild: Rebuild | null;
}

export interface RunRule {
  readonly run: ProjectionRun;
  readonly rule: ProjectionRule;
}

/** Which rules of which runs an event concerns. */
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
