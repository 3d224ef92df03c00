import { userAuth } from "../config.js";
import { derivedId } from "../encoding.js";
import { Problem } from "../http/problem.js";
import { verifyBearer } from "./bearer.js";

/** Who owns a task: opaque, and stable for a user. */
export type Owner = string;

/** Who makes a request. */
export interface User {
  readonly owner: Owner;
  /** The user's address, as the issuer has verified it; undefined: it says of none that it has. */
  readonly verifiedEmail?: string;
}

/** The request's user, or 401. */
export async function userOf(request: Request, env: Env): Promise<User> {
  const auth = userAuth(env);
  switch (auth.mode) {
    case "none":
      return { owner: "local" };
    case "oidc": {
      const claims = await verifyBearer(request, { ...auth, algorithms: ["RS256", "ES256"] });
      if (claims.sub === undefined || claims.sub === "") {
        throw new Problem("unauthorized", "the bearer token names no subject");
      }
      const owner = await derivedId(`owner|${auth.issuer}|${claims.sub}`);
      const { email, email_verified: verified } = claims;
      // The text "true" is not it.
      return typeof email === "string" && verified === true
        ? { owner, verifiedEmail: email }
        : { owner };
    }
  }
}
