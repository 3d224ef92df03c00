export interface Urls {
  readonly valid: readonly string[];
  /** The other words. */
  readonly invalid: readonly string[];
}

/** Every URL in the text, separated by white space. */
export function urlsIn(text: string): Urls {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return { valid: words.filter(isUrl), invalid: words.filter((word) => !isUrl(word)) };
}

/** As the edge accepts it: absolute, http or https. */
function isUrl(text: string): boolean {
  return /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text);
}
