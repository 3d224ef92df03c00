/** Whether two texts are the same, in a time that says nothing about where they differ. */
export function equalInConstantTime(left: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => new TextEncoder().encode(text));
  return (
    a !== undefined &&
    b !== undefined &&
    a.byteLength === b.byteLength &&
    crypto.subtle.timingSafeEqual(a, b)
  );
}
