import type { ProjectionDefinition, ProjectionRule } from '../../projections/kernel/projection.js';
import type { Generation, Rebuild } from '../../ports/read-models.js';

/** A generation that is being fed with events by its definition. */
export interface ProjectionRun {
  readonly definition: ProjectionDefinition;
  generation: Generation;
  /** Why it stopped; an event could not be applied. */
  failure: string | null;
  /** The wish that it fulfils, if it was asked for. */
  readonly rebuild: Rebuild | null;
}

export interface RunRule {
  readonly feed: ProjectionRun;
  readonly rule: ProjectionRule;
}

/** Which rules of which feeds an event concerns. */
export const rulesByType = (feeds: readonly ProjectionRun[]): ReadonlyMap<string, readonly RunRule[]> => {
  const byType = new Map<string, RunRule[]>();
  for (const feed of feeds) {
    for (const rule of feed.definition.rules) {
      const rules = byType.get(rule.eventType);
      if (rules === undefined) byType.set(rule.eventType, [{ feed, rule }]);
      else rules.push({ feed, rule });
    }
  }
  return byType;
};
