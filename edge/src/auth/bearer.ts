import { errors, type JWTPayload, jwtVerify } from "jose";
import { Problem } from "../http/problem.js";
import { log } from "../log.js";
import { IssuerUnavailable, issuerKeys } from "./issuer-keys.js";

export interface Expected {
  readonly issuer: string;
  /** One, or one of several. */
  readonly audience: string | readonly string[];
  readonly algorithms: readonly string[];
}

/** The claims of the request's bearer token, as {@link verifyToken} reads them. */
export async function verifyBearer(request: Request, expected: Expected): Promise<JWTPayload> {
  return await verifyToken(bearerToken(request) ?? tokenRequired(), expected);
}

/** The request's bearer token, of which nothing is known yet. */
export function bearerToken(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
}

export function tokenRequired(): never {
  throw new Problem("unauthorized", "a bearer token is required", {
    "www-authenticate": "Bearer",
  });
}

/** The token is known to be of no use here. */
export function invalidToken(detail: string): Problem {
  return new Problem("unauthorized", detail, {
    "www-authenticate": 'Bearer error="invalid_token"',
  });
}

/**
 * The claims of a token, after its signature, issuer, audience and expiry were verified. A bad token is
 * a 401; an issuer that cannot be reached is a 503, since the token may be valid.
 */
export async function verifyToken(token: string, expected: Expected): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, issuerKeys(expected.issuer), {
      issuer: expected.issuer,
      audience: [expected.audience].flat(),
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
      throw invalidToken(
        error instanceof errors.JWTExpired
          ? "the bearer token has expired"
          : "the bearer token is not valid here",
      );
    }
    throw error;
  }
}
