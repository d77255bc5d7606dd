import type { Position } from '../../ports/event-store.js';
import type { Generation, Rebuild } from '../../ports/read-model-store.js';
import type { DomainRecord, FanOutRule, ProjectionDefinition, ProjectionRule } from '../../projections/kernel/projection.js';

export interface ProjectionRun {
  readonly definition: ProjectionDefinition;
  generation: Generation;
  position: Position;
  failure: string | null;
  /** The last number of each numbered collection, once it is known. */
  numbers: ReadonlyMap<string, number>;
  /** The request for a rebuild that it fulfils, if any. */
  readonly rebuild: Rebuild | null;
}

export interface RunRule {
  readonly run: ProjectionRun;
  readonly rule: ProjectionRule;
}

/** A rule that throws fails where the run is alone. */
const concernsSome = ({ value }: FanOutRule, event: DomainRecord): boolean => {
  try {
    return value(event) !== undefined;
  } catch {
    return true;
  }
};

/** Whether the event changes documents of the run that only an index can tell; events that the run has do not count. */
export const fansOut = ({ definition: { fanOuts = [] }, position }: ProjectionRun, event: DomainRecord): boolean =>
  event.position > position && fanOuts.some((rule) => rule.eventType === event.type && concernsSome(rule, event));

/** The rules by event type. */
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
