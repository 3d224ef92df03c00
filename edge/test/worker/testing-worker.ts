import type { TaskReport } from "../../src/account/report.js";
import type { LibraryEntry } from "../../src/generated/library.js";
import edge, {
  AccountDO as Account,
  BatchDO,
  BudgetDO,
  TaskCoordinatorDO as Coordinator,
  WebhookDO as Webhook,
} from "../../src/index.js";
import type { Endpoint, WebhookMessage } from "../../src/webhooks/endpoint.js";
import { type Fault, setFaults, stepped } from "./steps.js";

export { BatchDO, BudgetDO };

// The real worker with its real objects. What one of them calls, another object or something outside, is
// a step at which FAULTS lets something go wrong; and reports can be sent to accounts directly.

type TestingEnv = Env & { readonly FAULTS: string | null };

/** What is sent to an account, in this order. */
export type Sent =
  { readonly report: TaskReport } | { readonly taskId: string; readonly entry: LibraryEntry };

export class TaskCoordinatorDO extends Coordinator {
  constructor(ctx: DurableObjectState, env: TestingEnv) {
    super(ctx, withSteps(ctx, env, "coordinator"));
  }
}

export class AccountDO extends Account {
  constructor(ctx: DurableObjectState, env: TestingEnv) {
    super(ctx, withSteps(ctx, env, "account"));
  }

  async take(all: readonly Sent[]): Promise<void> {
    for (const one of all) {
      await ("report" in one ? this.report(one.report) : this.index(one.taskId, one.entry));
    }
  }
}

export class WebhookDO extends Webhook {
  constructor(ctx: DurableObjectState, env: TestingEnv) {
    super(ctx, withSteps(ctx, env, "webhook"));
  }
}

export default {
  async fetch(request, env, ctx): Promise<Response> {
    const [, testing, owner] = new URL(request.url).pathname.split("/");
    if (testing !== "testing" || owner === undefined) {
      return await edge.fetch(request, env, ctx);
    }
    if (owner === "webhooks") {
      return await deliverLate(await request.json(), env);
    }
    const accounts = env.ACCOUNTS as unknown as DurableObjectNamespace<AccountDO>;
    await accounts.getByName(owner).take(await request.json());
    return new Response(null, { status: 204 });
  },
} satisfies ExportedHandler<Env>;

/** A call to a webhook's object that its account made before; answers what the object has then. */
async function deliverLate(
  [endpoint, ...messages]: [Endpoint, ...WebhookMessage[]],
  env: Env,
): Promise<Response> {
  const webhook = env.WEBHOOKS.getByName(endpoint.webhookId);
  const result = await webhook.deliver(endpoint, messages);
  const deliveries = await webhook.deliveries({ limit: 10 });
  return Response.json({ result, ids: deliveries.map(({ delivery }) => delivery.id) });
}

type Call = (...parameters: readonly unknown[]) => Promise<unknown>;
interface Namespace {
  readonly getByName: (name: string) => object;
}

function withSteps(ctx: DurableObjectState, env: TestingEnv, caller: string): TestingEnv {
  setFaults(JSON.parse(env.FAULTS ?? "[]") as Fault[]);
  const reset = (): void => ctx.abort("a fault of the test");
  /** An account is named by its owner; a webhook's endpoint says whose it is. */
  const ownerOf = (name: string, [endpoint]: readonly unknown[]): string =>
    caller === "account"
      ? (ctx.id.name ?? "")
      : ((endpoint as { readonly owner?: string } | undefined)?.owner ?? name);
  const stepping = (namespace: Namespace, callee: string): Namespace => ({
    getByName: (name) =>
      new Proxy(namespace.getByName(name), {
        get: (stub, method) => {
          const call = Reflect.get(stub, method) as Call;
          const step = `${caller} > ${callee}.${String(method)}`;
          return (...parameters: readonly unknown[]) =>
            stepped(ownerOf(name, parameters), step, reset, () =>
              Reflect.apply(call, stub, parameters),
            );
        },
      }),
  });
  return {
    ...env,
    ACCOUNTS: stepping(env.ACCOUNTS, "account"),
    WEBHOOKS: stepping(env.WEBHOOKS, "webhook"),
    BUDGETS: stepping(env.BUDGETS, "budget"),
  } as unknown as TestingEnv;
}

const fetchOutside = globalThis.fetch.bind(globalThis);
globalThis.fetch = (input, init) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const call = (): Promise<Response> => fetchOutside(input, init);
  const topic = /\/topics\/(.+):publish$/.exec(pathname)?.[1];
  if (topic !== undefined) {
    const { messages } = JSON.parse(init?.body as string) as {
      messages: readonly { readonly attributes: { readonly owner: string } }[];
    };
    return stepped(messages[0]?.attributes.owner ?? "", `publish on ${topic}`, noReset, call);
  }
  // The tests' receivers have the owner in their paths; issuers do not.
  const owner = /^\/[a-z]+\/([A-Za-z0-9_-]{22})$/.exec(pathname)?.[1];
  return owner === undefined ? call() : stepped(owner, "send to an endpoint", noReset, call);
};

function noReset(): void {
  throw new Error("nobody knows here which object calls");
}
