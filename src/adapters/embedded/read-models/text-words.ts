const MARKS = /\p{M}+/gu;

/**
 * The words that `$text` compares: lower case, without accents, split at all characters but letters and digits. Every adapter
 * uses this function for documents and searches.
 */
export const wordsOf = (text: string): readonly string[] => {
  // Accents go first, too: to put many of them in order takes quadratic time.
  const folded = text.toLowerCase().replace(MARKS, '').normalize('NFD').replace(MARKS, '');
  return [...new Set(folded.split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== '');
};
