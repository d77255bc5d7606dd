import type { Report } from './verify-export.js';

const MOST_SHOWN = 10;

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

const whereOf = ({ from, to }: { readonly from: number; readonly to: number }): string => (from === to ? `position ${to}` : `position ${from} to ${to}`);

const vouchedOf = ({ vouchedUpTo, whole, streams, checkpointsHolding }: Report): readonly string[] => [
  vouchedUpTo === 0 ? 'no signed checkpoint vouches for any of them' : `signed: the events below ${vouchedUpTo} are those of ${count(checkpointsHolding, 'checkpoint')}`,
  `whole: ${whole.streams} of ${count(streams, 'stream')}, with ${count(whole.events, 'event')}, from the first to the last`,
];

/** What was found, for people. */
export const reportText = (report: Report): readonly string[] => {
  const { first, count: found, findings, unchecked, events, replaced } = report;
  const head =
    first === undefined
      ? [unchecked.length === 0 ? `clean: ${count(events, 'event')}` : `could not check all of ${count(events, 'event')}`]
      : [`TAMPERED: first bad position ${whereOf(first).slice('position '.length)} (${first.kind}): ${first.what}`];
  return [
    ...head,
    ...findings.filter((finding) => finding !== first).slice(0, MOST_SHOWN).map((finding) => `  ${whereOf(finding)} (${finding.kind}): ${finding.what}`),
    ...(found > MOST_SHOWN + 1 ? [`  and ${found - MOST_SHOWN - 1} more`] : []),
    ...vouchedOf(report),
    ...(replaced === 0 ? [] : [`${count(replaced, 'event')} of old builds lost half a character after it was hashed`]),
    ...unchecked.map((reason) => `not checked: ${reason}`),
  ];
};
