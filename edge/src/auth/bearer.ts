import { errors, type JWTPayload, jwtVerify } from "jose";
import { Problem } from "../http/problem.js";
import { log } from "../log.js";
import { IssuerUnavailable, issuerKeys } from "./issuer-keys.js";

export interface Expected {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
}

/**
 * The claims of the request's bearer token, after its signature, issuer, audience and expiry were
 * verified. No or a bad token is a 401; an issuer that cannot be reached is a 503, since the token
 * may be valid.
 */
export async function verifyBearer(request: Request, expected: Expected): Promise<JWTPayload> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token === undefined) {
    throw new Problem("unauthorized", "a bearer token is required", {
      "www-authenticate": "Bearer",
    });
  }
  try {
    const { payload } = await jwtVerify(token, issuerKeys(expected.issuer), {
      issuer: expected.issuer,
      audience: expected.audience,
      algorithms: [...expected.algorithms],
      requiredClaims: ["exp"],
    });
    return payload;
  } catch (error) {
    if (error instanceof IssuerUnavailable) {
      log("ERROR", "the issuer's keys cannot be read", { reason: error.message });
      throw new Problem("unavailable", "the token's issuer cannot be reached", {
        "retry-after": "5",
      });
    }
    if (error instanceof errors.JOSEError) {
      log("WARNING", "a bearer token was refused", { reason: error.code });
      throw new Problem("unauthorized", "the bearer token is not valid here", {
        "www-authenticate": 'Bearer error="invalid_token"',
      });
    }
    throw error;
  }
}
