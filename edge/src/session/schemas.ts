import { z } from "@hono/zod-openapi";

const channelSchema = z.object({
  name: z.string().openapi({ description: "For `GET /v1/session/signin`" }),
  title: z.string(),
  cli: z
    .object({
      issuer: z.url().openapi({ description: "An OpenID Connect issuer" }),
      clientId: z.string().openapi({
        description: "A public client with a loopback redirect (RFC 8252)",
      }),
      scopes: z.array(z.string()),
    })
    .optional()
    .openapi({
      description:
        "For programs on the users' machines: an ID token of this client is a bearer token here",
    }),
});

const sessionUserSchema = z.object({
  owner: z.string(),
  channel: z.string().openapi({ description: "The name of the channel" }),
  name: z.string().openapi({ description: "What to call the user" }),
  renewAt: z.iso.datetime().openapi({
    description: "From when on this route renews the session, if it is in use",
  }),
  expiresAt: z.iso.datetime(),
});

export const sessionSchema = z
  .object({
    channels: z.array(channelSchema).openapi({ description: "Those whose users sign in here" }),
    acceptsTokens: z.boolean().openapi({
      description: "Whether there are channels whose users bring ID tokens instead",
    }),
    user: sessionUserSchema.optional().openapi({ description: "Left out: nobody is signed in" }),
  })
  .openapi("Session");

export const signInQuery = z.object({
  channel: z.string().openapi({ description: "The name of the channel" }),
});
