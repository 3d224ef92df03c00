export interface Addresses {
  readonly good: readonly string[];
  /** What stands there too and is no address. */
  readonly bad: readonly string[];
}

/** Every address in the text; they are divided by white space. */
export function addressesIn(text: string): Addresses {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return { good: words.filter(isAddress), bad: words.filter((word) => !isAddress(word)) };
}

/** As the edge takes it: absolute, http or https. */
function isAddress(text: string): boolean {
  return /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text);
}
