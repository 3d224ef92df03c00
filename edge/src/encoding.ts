export function hex(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Without padding. */
export function base64Url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** 22 characters of `[A-Za-z0-9_-]`: 128 bits that nobody can guess. */
export function randomId(): string {
  return unreserved(base64Url(crypto.getRandomValues(new Uint8Array(16))));
}

/** 22 characters of `[A-Za-z0-9_-]` that follow from the text and do not reveal it. */
export async function derivedId(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return unreserved(base64Url(new Uint8Array(digest)).slice(0, 22));
}

/** Firestore reserves document ids that match `__.*__`: one in 16 million ids. */
export function unreserved(id: string): string {
  return /^__.*__$/.test(id) ? `A${id.slice(1)}` : id;
}
