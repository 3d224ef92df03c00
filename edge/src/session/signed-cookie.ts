import { errors, type JWTPayload, jwtVerify, SignJWT } from "jose";
import { serialize } from "hono/utils/cookie";

/** What a cookie is for: one is never taken for the other. */
export type Purpose = "session" | "sign-in";

/** What is wrong with a signed text: its time is over, or nobody here has signed it for that purpose. */
export type SignatureFault = "expired" | "forged";

const ALGORITHM = "HS256";

/** Signs claims (a JWT with HMAC-SHA256) by the first key. */
export async function sign(
  purpose: Purpose,
  claims: JWTPayload,
  expiresAt: number,
  keys: readonly Uint8Array[],
): Promise<string> {
  const [key] = keys;
  if (key === undefined) {
    throw new Error("there is no key to sign with");
  }
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM })
    .setAudience(purpose)
    .setExpirationTime(expiresAt)
    .sign(key);
}

/** The claims of what one of the keys has signed for that purpose. */
export async function verify(
  purpose: Purpose,
  text: string,
  keys: readonly Uint8Array[],
): Promise<JWTPayload | SignatureFault> {
  for (const key of keys) {
    try {
      const options = { audience: purpose, algorithms: [ALGORITHM], requiredClaims: ["exp"] };
      return (await jwtVerify(text, key, options)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        return "expired";
      }
      if (!(error instanceof errors.JOSEError)) {
        throw error;
      }
    }
  }
  return "forged";
}

/** A browser's session, or one of the sign-ins that it has begun. */
export type Cookie = "session" | `sign-in-${string}`;

/** The name of that cookie at this origin: with the prefix, no other host can have set it. */
export function cookieName(cookie: Cookie, origin: string): string {
  return isSecure(origin) ? `__Host-in-${cookie}` : `in-${cookie}`;
}

/** A `Set-Cookie` of this origin; with no seconds left it removes the cookie. */
export function setCookie(cookie: Cookie, value: string, maxAge: number, origin: string): string {
  return serialize(cookieName(cookie, origin), value, {
    path: "/",
    httpOnly: true,
    secure: isSecure(origin),
    // The issuer's redirect to this edge must bring it along.
    sameSite: "Lax",
    maxAge,
  });
}

/** Plain http is for this machine alone (`ownOrigin`). */
function isSecure(origin: string): boolean {
  return origin.startsWith("https:");
}
