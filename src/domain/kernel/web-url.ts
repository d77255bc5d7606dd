/** Characters that a name, a title or a code never has: they break lines, or do what nobody sees. */
export const CONTROL = String.raw`\u0000-\u001f\u007f-\u009f\u2028\u2029`;

/** JavaScript's \s without control characters. Written out: API documents are read by programs whose \s is another one. */
export const BLANK = String.raw` \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff`;

/** The pattern of a link that pages may show: http and https run nothing. */
export const WEB_URL = `^[Hh][Tt][Tt][Pp][Ss]?://[^/?#${BLANK}${CONTROL}][^${BLANK}${CONTROL}]*$`;

/** The same of https alone: what is behind it is read by nobody on the way. */
export const SECURE_URL = WEB_URL.replace('?://', '://');

const webUrl = new RegExp(WEB_URL, 'u');

export const isWebUrl = (text: string): boolean => webUrl.test(text);

const secureUrl = new RegExp(SECURE_URL, 'u');

export const isSecureUrl = (text: string): boolean => secureUrl.test(text);
