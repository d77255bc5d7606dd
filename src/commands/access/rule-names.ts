import { recordRules, type RecordRuleName } from './record-rules.js';
import * as analyticsRules from './analytics-rules.js';
import * as assessmentRules from './assessment-rules.js';
import * as courseRules from './course-rules.js';
import * as learningRules from './learning-rules.js';
import * as organizationRules from './organization-rules.js';
import * as ratingRules from './rating-rules.js';
import * as rules from './rules.js';

const named = [
  ...Object.values(rules),
  ...Object.values(courseRules),
  ...Object.values(organizationRules),
  ...Object.values(learningRules),
  ...Object.values(ratingRules),
  ...Object.values(assessmentRules),
  ...Object.values(analyticsRules),
].filter((rule) => 'ruleName' in rule);

/** Every name that a route or a resource can give. */
export type RuleName = (typeof named)[number]['ruleName'] | RecordRuleName;

/** The sentence of each rule, by name. */
export const ruleSentences: ReadonlyMap<string, string> = new Map([
  ...named.map(({ ruleName, sentence }): [string, string] => [ruleName, sentence]),
  ...Object.entries(recordRules).map(([name, { sentence }]): [string, string] => [name, sentence]),
]);

export const isRuleName = (name: string): name is RuleName => ruleSentences.has(name);
