import { allowedHosts } from "../config.js";
import { Problem } from "../http/problem.js";
import { refusalOf } from "./address.js";

/** @throws Problem where nothing may be sent to that URL, with the name of the field that has it */
export function requireAllowed(field: string, url: string, env: Env): void {
  const refusal = refusalOf(url, allowedHosts(env));
  if (refusal !== undefined) {
    throw new Problem("url_not_allowed", `${field} ${refusal}`);
  }
}
