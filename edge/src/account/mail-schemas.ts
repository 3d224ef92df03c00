import { z } from "@hono/zod-openapi";
import { mustBe, oneOf, requestObject } from "../http/schemas.js";
import { MAIL_TYPES } from "./mail.js";

/** RFC 5321 allows no longer path. */
const MAX_ADDRESS_LENGTH = 254;

const anAddress = mustBe(`an email address of at most ${MAX_ADDRESS_LENGTH} characters`);

export const mailAddress = z.email(anAddress).max(MAX_ADDRESS_LENGTH, anAddress);

const aList = mustBe("a list of types of events, empty for no mail");

export const mailRequest = requestObject(
  z.strictObject(
    {
      types: z
        .array(oneOf(MAIL_TYPES), aList)
        .max(MAIL_TYPES.length, aList)
        .openapi({ description: "Types of events; an empty list switches mail off" }),
      address: mailAddress.optional().openapi({
        description:
          "Left out: the verified `email` of the token where users sign in, or else the one from " +
          "before. Where users sign in, mail goes to another address than these two once it is " +
          "confirmed by the link of a mail",
      }),
    },
    mustBe("an object with types"),
  ),
)
  .refine(({ types, address }) => types.length > 0 || address === undefined, {
    path: ["address"],
    error: "must be left out where types is empty: no address is kept then",
  })
  .openapi("MailRequest");

export const mailSchema = z
  .object({
    address: z.string().optional().openapi({ description: "Left out where mail is off" }),
    types: z
      .array(z.string())
      .openapi({ description: "Types of events; empty: mail is off. The set is open" }),
    unconfirmed: z
      .string()
      .optional()
      .openapi({ description: "An address that waits for its confirmation by the link of a mail" }),
  })
  .openapi("Mail");
