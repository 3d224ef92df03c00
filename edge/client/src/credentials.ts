/** What authenticates the user. */
export interface Credentials {
  /** The headers, as soon as they are known. */
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The edge rejected those headers. False: there will be no others. */
  refused(headers: Readonly<Record<string, string>>): boolean;
}

/** An API key or an ID token; without one, whatever the browser sends by itself. */
export function bearer(token: string | undefined): Credentials {
  return {
    headers: () => Promise.resolve(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    refused: () => false,
  };
}
