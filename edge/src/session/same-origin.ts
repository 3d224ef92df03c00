/**
 * Whether a page of this origin makes the request, as only the browser can say. A cookie comes with every
 * request that any site makes, so it counts only then. Browsers say it by `Sec-Fetch-Site`, of WebSockets
 * by `Origin`; a request without both may come from anywhere.
 */
export function isSameOrigin(request: Request, origin: string): boolean {
  const site = request.headers.get("sec-fetch-site");
  const from = request.headers.get("origin");
  return (
    (site !== null || from !== null) &&
    (site === null || site === "same-origin") &&
    (from === null || from === origin)
  );
}

/** Whether a page of elsewhere makes the request; an address that somebody types in is nobody's. */
export function isFromElsewhere(request: Request): boolean {
  return ["cross-site", "same-site"].includes(request.headers.get("sec-fetch-site") ?? "");
}
