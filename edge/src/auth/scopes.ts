/** What may be done with the routes of users, each of which is in one of these. */
export const SCOPES = ["tasks:read", "tasks:write", "webhooks", "account", "keys"] as const;

export type Scope = (typeof SCOPES)[number];
