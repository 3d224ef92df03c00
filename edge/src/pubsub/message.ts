export interface Message {
  readonly body: string;
  /** Never URLs or a user's text. */
  readonly attributes: Readonly<Record<string, string>>;
}
