import { Type, type TStringOptions } from 'typebox';
import { BLANK, CONTROL, isWebUrl, SECURE_URL, WEB_URL } from '../../domain/kernel/web-url.js';
import { INSTANT, INSTANT_SENTENCE } from '../../primitives/instants.js';

/** The same without newline and tab. */
const CONTROL_IN_TEXT = String.raw`\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029`;

/** Text of one line. */
export const LINE = `^[^${CONTROL}]*$`;
const TEXT = `^[^${CONTROL_IN_TEXT}]*$`;
const FILLED_LINE = `^[${BLANK}]*[^${BLANK}${CONTROL}][^${CONTROL}]*$`;
const FILLED_TEXT = `^[\\n\\t${BLANK}]*[^\\n\\t${BLANK}${CONTROL_IN_TEXT}][^${CONTROL_IN_TEXT}]*$`;

/** For the names of fields in an open object. */
export const NAME_PATTERN = `^[^${CONTROL}]{1,100}$`;

/** What the patterns of this file say, where Ajv would print them. */
export const patternSentences: Readonly<Record<string, string>> = {
  [LINE]: 'must be one line, without control characters',
  [TEXT]: 'must have no control characters but newlines and tabs',
  [FILLED_LINE]: 'must not be blank, and be one line, without control characters',
  [FILLED_TEXT]: 'must not be blank, and have no control characters but newlines and tabs',
  [WEB_URL]: 'must be a URL of http or https',
  [SECURE_URL]: 'must be a URL of https',
  [INSTANT]: INSTANT_SENTENCE,
};

/** The format that the commonest passwords do not have. */
export const UNCOMMON = 'uncommon-password';

/** The same for formats of our own. */
export const formatSentences: Readonly<Record<string, string>> = {
  [UNCOMMON]: 'is one of the most common passwords, which are tried first: choose another one',
};

type Limits = TStringOptions & { readonly maxLength: number };

/** Text of one line, such as a city or a code. */
export const Line = (limits: Limits) => Type.String({ ...limits, pattern: LINE });

/** Text of one line that is not blank, such as a name or a title. */
export const FilledLine = (limits: Limits) => Type.String({ minLength: 1, ...limits, pattern: FILLED_LINE });

/** Text of any number of lines, perhaps none. */
export const AnyText = (limits: Limits) => Type.String({ ...limits, pattern: TEXT });

/** Text of any number of lines that is not blank, such as a message. */
export const FilledText = (limits: Limits) => Type.String({ minLength: 1, ...limits, pattern: FILLED_TEXT });

/** An id from a client; the longest that a stream's name allows. */
export const ClientId = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 64 });

/** A link that pages may show: http and https run nothing. */
export const WebUrl = (limits: Limits) => Type.String({ ...limits, pattern: WEB_URL });

/** A link that is opened over an encrypted connection only. */
export const SecureUrl = (limits: Limits) => Type.String({ ...limits, pattern: SECURE_URL });

/** A date or a time. What the calendar does not have is refused by endOf. */
export const Instant = (options: TStringOptions) => Type.String({ maxLength: 40, ...options, pattern: INSTANT });

/** A stored link, unless an earlier build took it with another scheme. */
export const shownLink = (url: string | null): string | null => (url !== null && isWebUrl(url) ? url : null);
