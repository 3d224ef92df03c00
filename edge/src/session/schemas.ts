import { z } from "@hono/zod-openapi";

const channelSchema = z.object({
  name: z.string().openapi({ description: "For `GET /v1/session/signin`" }),
  title: z.string(),
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
