import { internalAuth } from "../config.js";
import { Problem } from "../http/problem.js";
import { verifyBearer } from "./bearer.js";

/**
 * Lets sync's service account pass, whatever AUTH_MODE says: the token must be Google's, made for
 * this edge (401), and of that one account with a verified email (403).
 */
export async function requireSync(request: Request, env: Env): Promise<void> {
  const { issuer, audience, email } = internalAuth(env);
  const claims = await verifyBearer(request, { issuer, audience, algorithms: ["RS256"] });
  // A boolean in Google's tokens; the text "true" is not it.
  if (claims["email_verified"] !== true || claims["email"] !== email) {
    throw new Problem("forbidden", "this account may not call /internal");
  }
}
