import { z } from "@hono/zod-openapi";
import { SCOPES } from "../auth/scopes.js";
import { PRIORITIES } from "../events/routing.js";
import { issueText } from "../http/issue-text.js";
import { isLoopback } from "../http/loopback.js";
import { mustBe, oneOf, text, wholeNumber } from "../http/schemas.js";
import { LIMIT_NAMES, type LimitName } from "../limits/owner-limits.js";
import {
  audiencesOf,
  DEFAULT_API_KEYS,
  DEFAULT_TASKS_IN_FLIGHT,
  LOCAL_CHANNEL,
  type TokenChannel,
} from "./channel.js";

/** The file of channels is not valid; the message names every fault. */
export class ChannelFileError extends Error {
  override readonly name = "ChannelFileError";
}

const VERSION = 1;

/** While one is replaced by another, both must live. */
const MIN_API_KEYS = 2;
const MAX_API_KEYS = 100;

const claim = text(/^[\x21-\x7e]{1,255}$/, "the name of a claim");
const anObject = mustBe("an object");
const anIssuer = mustBe("the issuer's https URL, without query and fragment");
const listOfRights = mustBe(`a list of at least one of ${SCOPES.join(", ")}`);
const keysAllowed = mustBe(`a whole number from ${MIN_API_KEYS} to ${MAX_API_KEYS}`);

const TITLE_LENGTH = 64;
const aTitle = mustBe(`1 to ${TITLE_LENGTH} characters`);
const listOfScopes = mustBe("a list of scopes, of which one is openid");
const scopes = z
  .array(text(/^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/, "a scope"), listOfScopes)
  .refine((names) => names.includes("openid"), listOfScopes)
  .default(["openid", "email"]);
const clientId = text(/^[\x21-\x7e]{1,255}$/, "1 to 255 printable characters without spaces");
const yesOrNo = mustBe("true or false: the secret itself is in CLIENT_SECRETS");

const signInSchema = z.strictObject(
  {
    title: z.string(aTitle).min(1, aTitle).max(TITLE_LENGTH, aTitle),
    scopes,
    confidential: z.boolean(yesOrNo).default(false),
    cli: z.strictObject({ clientId, scopes }, anObject).exactOptional(),
  },
  anObject,
);

/** Each may be left out. */
const ownerLimits = Object.fromEntries(
  LIMIT_NAMES.map((limit) => [limit, wholeNumber(1).exactOptional()]),
) as Record<LimitName, z.ZodExactOptional<z.ZodNumber>>;

const channelSchema = z.strictObject(
  {
    name: text(/^[a-z][a-z0-9-]{0,31}$/, "1 to 32 of a-z, 0-9 and -, beginning with a letter"),
    issuer: z.string(anIssuer).refine(isIssuer, anIssuer),
    audience: clientId,
    claims: z
      .strictObject(
        {
          subject: claim.default("sub"),
          email: claim.default("email"),
          emailVerified: claim.default("email_verified"),
        },
        anObject,
      )
      .prefault({}),
    rights: z
      .array(oneOf(SCOPES), listOfRights)
      .min(1, listOfRights)
      .default([...SCOPES]),
    limits: z
      .strictObject(
        {
          apiKeys: z
            .number(keysAllowed)
            .int(keysAllowed)
            .min(MIN_API_KEYS, keysAllowed)
            .max(MAX_API_KEYS, keysAllowed)
            .default(DEFAULT_API_KEYS),
          tasksInFlight: wholeNumber(1).default(DEFAULT_TASKS_IN_FLIGHT),
          ...ownerLimits,
          channel: z
            .strictObject(
              {
                submissionsPerDay: wholeNumber(1).exactOptional(),
                unitsPerDay: wholeNumber(1).exactOptional(),
              },
              anObject,
            )
            .exactOptional(),
        },
        anObject,
      )
      .prefault({}),
    budget: z.strictObject({ unitsPerDay: wholeNumber(1) }, anObject).exactOptional(),
    defaultPriority: oneOf(PRIORITIES).default("normal"),
    signIn: signInSchema.exactOptional(),
  },
  anObject,
);

const listOfChannels = mustBe("a list of at least one channel");

const fileSchema = z
  .strictObject(
    {
      version: z.literal(VERSION, mustBe(`${VERSION}, the only one that is known here`)),
      channels: z.array(channelSchema, listOfChannels).min(1, listOfChannels),
    },
    anObject,
  )
  .superRefine(({ channels }, context) => {
    channels.forEach(({ name, issuer, audience, signIn }, index) => {
      const refuse = (field: string, message: string): void =>
        context.addIssue({
          code: "custom",
          path: ["channels", index, ...field.split(".")],
          message,
        });
      const earlier = channels.slice(0, index);
      const taken = earlier
        .filter((other) => other.issuer === issuer)
        .flatMap((other) => audiencesOf(other));
      if (name === LOCAL_CHANNEL.name) {
        refuse("name", `must not be ${name}: that is the channel of AUTH_MODE=none`);
      }
      if (earlier.some((other) => other.name === name)) {
        refuse("name", `is an earlier channel's, too: ${name}`);
      }
      if (taken.includes(audience)) {
        refuse("audience", `is that of an earlier channel with the same issuer: ${audience}`);
      }
      if (signIn?.cli !== undefined && taken.includes(signIn.cli.clientId)) {
        refuse(
          "signIn.cli.clientId",
          `is that of an earlier channel with the same issuer: ${signIn.cli.clientId}`,
        );
      }
      if (signIn?.confidential === true && signIn.cli?.clientId === audience) {
        refuse("signIn.cli.clientId", "must not be the client that has a secret");
      }
    });
  });

/**
 * Reads a file of channels, as JSON: the partners whose users may use this edge.
 *
 * @throws ChannelFileError if anything is wrong with it, unknown fields included
 */
export function parseChannelFile(file: string): readonly TokenChannel[] {
  let json: unknown;
  try {
    json = JSON.parse(file);
  } catch {
    throw new ChannelFileError("it is not JSON");
  }
  const { success, data, error } = fileSchema.safeParse(json);
  if (!success) {
    throw new ChannelFileError(error.issues.map(issueText).join("; "));
  }
  return data.channels;
}

/** As OpenID Connect Discovery requires; http for an issuer on this machine alone. */
function isIssuer(value: string): boolean {
  const url = URL.parse(value);
  return (
    url !== null &&
    (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname))) &&
    url.search === "" &&
    url.hash === "" &&
    url.username === ""
  );
}
