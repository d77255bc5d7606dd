/** Characters that a name, a title or a code never has: they break lines, or do what nobody sees. */
export const CONTROL = String.raw`\u0000-\u001f\u007f-\u009f\u2028\u2029`;

/** The pattern of a link that pages may show: http and https run nothing. */
export const WEB_URL = String.raw`^[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#${CONTROL}][^\s${CONTROL}]*$`;

const webUrl = new RegExp(WEB_URL, 'u');

export const isWebUrl = (text: string): boolean => webUrl.test(text);
