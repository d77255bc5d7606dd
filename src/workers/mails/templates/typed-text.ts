const LINK = /:\/\/|www\.|[\p{L}\p{N}]\.\p{L}{2,}\/|@/iu;
const HOST = /[\p{L}\p{N}]\.\p{L}{2}/u;

/** What people typed leads the mails of a shop nowhere: mail programs make a link of this. */
export const hasLink = (text: string): boolean => LINK.test(text);

/** Breaks what mail programs would decode (RFC 2047): a header shows the characters that were typed. */
export const inHeader = (text: string): string => text.replaceAll('=?', '= ?');

/** Empty for a name that is an address of the web or of mail, such as evil.example. */
export const shownName = (name: string): string => (hasLink(name) || HOST.test(name) ? '' : name);

export const greetingOf = (name: string): string => {
  const shown = shownName(name);
  return shown === '' ? 'Hello,' : `Hello ${shown},`;
};
