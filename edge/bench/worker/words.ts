const SYLLABLES = Array.from("bdfghklmnprstv").flatMap((consonant) =>
  Array.from("aeiou").map((vowel) => consonant + vowel),
);
const LENGTH = 3;

/** A word of three syllables for each number; beginnings are shared as in a language. */
export function wordOf(number: number): string {
  let rest = (number * 7_919) % SYLLABLES.length ** LENGTH;
  let word = "";
  for (let i = 0; i < LENGTH; i++) {
    word += SYLLABLES[rest % SYLLABLES.length] ?? "";
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
}
