/**
 * The words that `$text` compares: lower case, without accents, split at all characters but letters and digits. Every adapter
 * uses this function for documents and searches.
 */
export const wordsOf = (text: string): readonly string[] => {
  const folded = text.toLowerCase().normalize('NFD').replace(/\p{M}+/gu, '');
  return [...new Set(folded.split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== '');
};
