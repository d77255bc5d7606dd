/** A text with places for values: literal parts, and variables between them. */
export type Piece = string | { readonly variable: string };

const OPENING = '{{';
const CLOSING = '}}';
const PLACE = /\{\{[\s]*([A-Za-z]+)[\s]*\}\}/g;

const shown = (name: string): string => `{{${name.length > 50 ? `${name.slice(0, 50)}...` : name}}}`;

/** What is wrong with the places of the text; undefined: nothing. */
export const problemOfPlaces = (text: string, variables: readonly string[]): string | undefined => {
  for (let at = text.indexOf(OPENING); at !== -1; ) {
    const end = text.indexOf(CLOSING, at);
    if (end === -1) return `${OPENING} is not closed by ${CLOSING}`;
    const name = text.slice(at + OPENING.length, end).trim();
    if (name.includes(OPENING)) return `${OPENING} is not closed by ${CLOSING}`;
    if (!variables.includes(name)) return `${shown(name)} is unknown; allowed are ${variables.map(shown).join(', ')}`;
    at = text.indexOf(OPENING, end + CLOSING.length);
  }
  return undefined;
};

export const piecesOf = (text: string): readonly Piece[] => {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: place, 1: variable = '', index } of text.matchAll(PLACE)) {
    if (index > from) pieces.push(text.slice(from, index));
    pieces.push({ variable });
    from = index + place.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
};
