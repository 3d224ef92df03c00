import type { InternalAuth } from "../config.js";
import { Problem } from "../http/problem.js";
import { verifyBearer } from "./bearer.js";

/**
 * Admits one service account, whatever AUTH_MODE is: the token must be signed by Google, for this
 * edge (401), and belong to that account, with a verified email (403).
 */
export async function requireServiceAccount(request: Request, auth: InternalAuth): Promise<void> {
  const { issuer, audience, email } = auth;
  const claims = await verifyBearer(request, { issuer, audience, algorithms: ["RS256"] });
  // A boolean in Google's tokens; the text "true" is not it.
  const verified = claims["email_verified"] === true;
  if (email === undefined || claims["email"] !== email || !verified) {
    throw new Problem("forbidden", "this account may not call this route");
  }
}
