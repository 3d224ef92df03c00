import type { InternalAuth } from "../config.js";
import { Problem } from "../http/problem.js";
import { verifyBearer } from "./bearer.js";

/**
 * Admits one service account, whatever AUTH_MODE is: the token must be signed by Google, for this
 * edge (401), and belong to that account, with a verified email (403).
 *
 * @param other the only other account that is admitted, if any
 * @returns the account's email
 */
export async function requireServiceAccount(
  request: Request,
  auth: InternalAuth,
  other?: string,
): Promise<string> {
  const { issuer, audience, email } = auth;
  const claims = await verifyBearer(request, { issuer, audience, algorithms: ["RS256"] });
  const admitted = [email, other].find((one) => one !== undefined && one === claims["email"]);
  // A boolean in Google's tokens; the text "true" is not it.
  if (admitted === undefined || claims["email_verified"] !== true) {
    throw new Problem("forbidden", "this account may not call this route");
  }
  return admitted;
}
