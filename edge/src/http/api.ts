import { OpenAPIHono } from "@hono/zod-openapi";
import type { Owner, User } from "../auth/user.js";
import type { Observation } from "../trace/observation.js";
import { refuseInvalid } from "./validation.js";

/** What a request brings along on its way through middleware and handler. */
export interface ApiEnv {
  readonly Bindings: Env;
  readonly Variables: {
    /** Set for routes of users (auth/middleware.ts). */
    owner: Owner;
    /** Set with the owner. */
    user: User;
    /** Set for who reports a task's status. */
    mayEndTasks: boolean;
    /** Set for observed routes (trace/observe.ts). */
    observation: Observation;
  };
}

/** A group of routes, each with its schemas: they validate requests and make the document. */
export function newApi(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
}
