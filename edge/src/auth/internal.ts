import { internalAuth } from "../config.js";
import { Problem } from "../http/problem.js";
import { verifyBearer } from "./bearer.js";

/**
 * Admits sync's service account, whatever AUTH_MODE is: the token must be signed by Google, for this
 * edge (401), and belong to that account, with a verified email (403).
 */
export async function requireSync(request: Request, env: Env): Promise<void> {
  const { issuer, audience, email } = internalAuth(env);
  const claims = await verifyBearer(request, { issuer, audience, algorithms: ["RS256"] });
  // A boolean in Google's tokens; the text "true" is not it.
  if (claims["email_verified"] !== true || claims["email"] !== email) {
    throw new Problem("forbidden", "this account may not call /internal");
  }
}
