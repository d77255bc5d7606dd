/** Letters that Unicode takes for letters of their own, and people without that key type like this. */
const TYPED_AS: Readonly<Record<string, string>> = { ł: 'l', đ: 'd', ø: 'o', æ: 'ae', œ: 'oe', ς: 'σ' };
const TYPED_OTHERWISE = /[łđøæœς]/gu;

// Accents and the like, points of Hebrew and Arabic; not vowel signs of India and Thailand, nor the voicing of kana.
const ACCENTS = /(?=\p{M})(?![\u3099\u309a])[\p{Script=Inherited}\p{Script=Hebrew}]/gu;
// Putting many marks of one letter in order takes quadratic time, and no script has so many.
const LONG_RUN_OF_MARKS = /(\p{M}{8})\p{M}+/gu;
const RUNS = /[\p{L}\p{N}\p{M}]+/gu;
// Scripts that put no spaces between words.
const UNSPACED = /([\p{Script_Extensions=Han}\p{Script_Extensions=Hiragana}\p{Script_Extensions=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+)/u;

/** Without case (ß is ss), accents, width and other looks of the same letter. */
const folded = (text: string): string =>
  text
    .replaceAll(LONG_RUN_OF_MARKS, '$1')
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .replaceAll(ACCENTS, '')
    .normalize('NFC')
    .replaceAll(TYPED_OTHERWISE, (letter) => TYPED_AS[letter] ?? letter);

const pairsOf = (characters: readonly string[]): readonly string[] =>
  characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);

const wordsBy = (text: string, ofUnspaced: (characters: readonly string[]) => readonly string[]): readonly string[] => {
  const runs = folded(text).match(RUNS) ?? [];
  // Of what is split by a pattern in brackets, every second part has matched it.
  const words = runs.flatMap((run) => run.split(UNSPACED).flatMap((part, place) => (place % 2 === 0 ? [part] : ofUnspaced([...part]))));
  return [...new Set(words)].filter((word) => word !== '');
};

/**
 * The words by which `$text` finds a text. Where a script has no spaces, each character and each pair of neighbours is one, so that
 * the answer hangs on no dictionary. Every adapter uses these two functions.
 */
export const wordsOf = (text: string): readonly string[] => wordsBy(text, (characters) => [...characters, ...pairsOf(characters)]);

/** The words that a text must have to be found: of scripts without spaces the pairs, or the one character. */
export const searchedWordsOf = (search: string): readonly string[] =>
  wordsBy(search, (characters) => (characters.length === 1 ? characters : pairsOf(characters)));
