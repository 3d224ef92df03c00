/**
 * How each field of `T` is shown, in that order. It names every field: one that is added to the
 * contract does not compile until its place is chosen here.
 */
export type FieldRenderers<T, Shown> = {
  readonly [F in keyof T]-?: (value: NonNullable<T[F]>, whole: T) => readonly Shown[];
};

/** For a field that is part of another one's text, or of another part of the card. */
export const SHOWN_ELSEWHERE = (): readonly never[] => [];

/** What is shown of the fields that are there. */
export function renderFields<T extends object, Shown>(
  whole: T,
  renderers: FieldRenderers<T, Shown>,
): Shown[] {
  return (Object.keys(renderers) as (keyof T)[]).flatMap((name) => {
    const value = whole[name];
    return value === undefined || value === null ? [] : renderers[name](value, whole);
  });
}
