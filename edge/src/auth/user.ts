import { userAuth } from "../config.js";
import { derivedId } from "../encoding.js";
import { Problem } from "../http/problem.js";
import { verifyBearer } from "./bearer.js";

/** Who owns a task: opaque, and stable for a user. */
export type Owner = string;

/** The request's user, or 401. */
export async function ownerOf(request: Request, env: Env): Promise<Owner> {
  const auth = userAuth(env);
  switch (auth.mode) {
    case "none":
      return "local";
    case "oidc": {
      const { sub } = await verifyBearer(request, { ...auth, algorithms: ["RS256", "ES256"] });
      if (sub === undefined || sub === "") {
        throw new Problem("unauthorized", "the bearer token names no subject");
      }
      return await derivedId(`owner|${auth.issuer}|${sub}`);
    }
  }
}
