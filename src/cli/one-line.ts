/** Makes foreign text fit for a terminal: one line of at most 500 characters, without control characters. */
export const oneLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 500).toWellFormed();
