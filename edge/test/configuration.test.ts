import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { get } from "node:http";
import { after, describe, test } from "node:test";
import { parseWrangler, workerdConfig } from "../build/workerd-config.js";
import { channelFile, usersOf } from "./support/channels.js";
import { Edge, type Environment } from "./support/edge.js";
import {
  assertProblem,
  AUDIENCE,
  IMAGE,
  publisher,
  SYNC,
  Stage,
  uploader,
} from "./support/stage.js";

const COMPLETE: Environment = {
  ...usersOf("https://users.example", "in"),
  IN_EDGE_AUDIENCE: AUDIENCE,
  IN_SYNC_SERVICE_ACCOUNT: SYNC,
  GCP_PROJECT: "in-local",
  IMAGES_BUCKET: "in-local-images",
  PUBLISHER_KEY: publisher.json,
  UPLOADER_KEY: uploader.json,
};

void describe("The configuration", () => {
  const edges: Edge[] = [];
  after(() => Promise.all(edges.map((edge) => edge.stop())));

  const start = async (environment: Environment): Promise<Edge> => {
    const edge = await Edge.start(environment);
    edges.push(edge);
    return edge;
  };

  const problemsOf = async (environment: Environment): Promise<readonly string[]> => {
    const response = await (await start(environment)).fetch("/healthz");
    const { status, problems = [] } = (await response.json()) as {
      status: string;
      problems?: string[];
    };
    const healthy = problems.length === 0;
    assert.equal(response.status, healthy ? 200 : 503);
    assert.equal(status, healthy ? "healthy" : "unhealthy");
    return problems;
  };

  void test("is complete with these settings; the others have defaults", async () => {
    assert.deepEqual(await problemsOf(COMPLETE), []);
  });

  void test("has no default for AUTH_MODE: nothing under /v1 works without it", async () => {
    for (const mode of [undefined, "", "open"]) {
      const edge = await start({
        ...without("AUTH_MODE"),
        ...(mode === undefined ? {} : { AUTH_MODE: mode }),
      });
      assert.equal((await edge.fetch("/healthz")).status, 503);
      const task = "/v1/tasks/AAAAAAAAAAAAAAAAAAAAAA";
      for (const path of [task, `${task}/events`, `${task}/ws`, `${task}/image`]) {
        await assertProblem(await edge.fetch(path), 500, "misconfigured", /AUTH_MODE/);
      }
      for (const path of ["/v1/tasks", "/v1/uploads"]) {
        await assertProblem(await edge.post(path, IMAGE), 500, "misconfigured", /AUTH_MODE/);
      }
    }
  });

  void test("of /internal does not depend on AUTH_MODE", async () => {
    const stage = await Stage.start({ AUTH_MODE: "" });
    try {
      // 404: authorized, and there is no such task.
      assert.equal(await stage.putStatus("AAAAAAAAAAAAAAAAAAAAAA", {}), 404);
      const response = await stage.put("AAAAAAAAAAAAAAAAAAAAAA", {});
      await assertProblem(response, 401, "unauthorized");
    } finally {
      await stage.stop();
    }
  });

  void test("names every setting that is missing, at once", async () => {
    assert.deepEqual(await problemsOf({}), [
      "AUTH_MODE is not set",
      "IN_EDGE_AUDIENCE is not set",
      "GCP_PROJECT is not set",
      "IMAGES_BUCKET is not set",
    ]);
    assert.deepEqual(await problemsOf({ ...without("IN_SYNC_SERVICE_ACCOUNT"), IN_CHANNELS: "" }), [
      "IN_CHANNELS is not set",
      "IN_SYNC_SERVICE_ACCOUNT is not set",
    ]);
  });

  void test("accepts no task that it could never publish", async () => {
    const edge = await start({ ...without("PUBLISHER_KEY"), AUTH_MODE: "none" });
    const response = await edge.post("/v1/tasks", IMAGE);
    await assertProblem(response, 500, "misconfigured", /PUBLISHER_KEY is not set/);
  });

  void test("never shows a broken key", async () => {
    for (const key of ["secret", '"secret"', '{"private_key":"secret"}']) {
      const [problem, ...more] = await problemsOf({ ...COMPLETE, UPLOADER_KEY: key });
      assert.match(problem ?? "", /^UPLOADER_KEY must be a service account's key as JSON/);
      assert.doesNotMatch(problem ?? "", /secret/);
      assert.deepEqual(more, []);
    }
  });

  void test("requires endpoints that are URLs", async () => {
    for (const endpoint of ["pubsub", "ftp://a.example", "https://a.example/v1"]) {
      assert.deepEqual(await problemsOf({ ...COMPLETE, PUBSUB_ENDPOINT: endpoint }), [
        `PUBSUB_ENDPOINT must be a URL without a path, not "${endpoint}"`,
      ]);
    }
  });

  void test("accepts no authentication, and another issuer than Google, only with a local Pub/Sub", async () => {
    for (const [settings, name] of [
      [{ AUTH_MODE: "none" }, "AUTH_MODE=none"],
      [{ IN_OIDC_ISSUER: "https://issuer.example" }, "IN_OIDC_ISSUER"],
    ] as const) {
      const refused = [`${name} is refused unless PUBSUB_ENDPOINT is local`];
      assert.deepEqual(await problemsOf({ ...COMPLETE, ...settings }), refused);
      const elsewhere = { PUBSUB_ENDPOINT: "http://10.0.0.1:1" };
      assert.deepEqual(await problemsOf({ ...COMPLETE, ...settings, ...elsewhere }), refused);
      const local = { PUBSUB_ENDPOINT: "http://127.0.0.1:1" };
      assert.deepEqual(await problemsOf({ ...COMPLETE, ...settings, ...local }), []);
    }
    const google = { IN_OIDC_ISSUER: "https://accounts.google.com" };
    assert.deepEqual(await problemsOf({ ...COMPLETE, ...google }), []);
  });

  void test("without authentication serves this machine's own requests and pages alone", async () => {
    const local = { ...COMPLETE, PUBSUB_ENDPOINT: "http://127.0.0.1:1" };
    const open = await start({ ...local, AUTH_MODE: "none" });
    const statusesOf = async (
      edge: Edge,
      headers: Environment,
    ): Promise<readonly (number | undefined)[]> => {
      const paths = ["/", "/healthz", "/v1/tasks"];
      return await Promise.all(paths.map((path) => statusOf(new URL(path, edge.url), headers)));
    };
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
      assert.deepEqual(await statusesOf(open, { host: `${name}:1` }), [200, 200, 200], name);
      const page = { origin: `http://${name}:2` };
      assert.deepEqual(await statusesOf(open, page), [200, 200, 200], name);
    }
    const ownForm = { origin: "null", "sec-fetch-site": "same-origin" };
    assert.deepEqual(await statusesOf(open, ownForm), [200, 200, 200]);
    const foreign: readonly Environment[] = [
      ...["evil.example", "localhost.evil.example:80", "10.0.0.1"].map((host) => ({ host })),
      ...["https://evil.example", "http://127.0.0.1.evil.example", "null"].map((origin) => ({
        origin,
      })),
      { origin: "null", "sec-fetch-site": "cross-site" },
    ];
    for (const headers of foreign) {
      assert.deepEqual(await statusesOf(open, headers), [403, 403, 403], JSON.stringify(headers));
    }
    // Elsewhere tokens and cookies say whose request it is.
    assert.deepEqual(
      await statusesOf(await start(local), { host: "edge.example" }),
      [200, 200, 401],
    );
  });

  void test("of channels names what is wrong with them", async () => {
    const IN_CHANNELS = channelFile({ name: "acme", issuer: "acme.example", audience: "in" });
    assert.deepEqual(await problemsOf({ ...COMPLETE, IN_CHANNELS }), [
      "IN_CHANNELS: channels[0].issuer must be the issuer's https URL, without query and fragment",
    ]);
  });

  void test("of sign-in is complete with secrets and a public URL, and never shows a secret", async () => {
    const acme = { name: "acme", issuer: "https://acme.example", audience: "in" };
    const signIn = { title: "Acme", confidential: true };
    const settings = {
      ...COMPLETE,
      IN_CHANNELS: channelFile({ ...acme, signIn }),
      SESSION_SECRETS: `${"a".repeat(43)},${"b".repeat(43)}`,
      CLIENT_SECRETS: '{"acme":"hidden"}',
    };
    assert.deepEqual(await problemsOf(settings), []);
    const secrets =
      "SESSION_SECRETS must be one secret, or two with a comma between them, each of 43 to 256 printable characters";
    for (const [faulty, problem] of [
      [{ SESSION_SECRETS: "" }, "SESSION_SECRETS is not set"],
      [{ SESSION_SECRETS: "hidden" }, secrets],
      [{ SESSION_SECRETS: `${"hidden".repeat(8)},` }, secrets],
      [{ SESSION_SECRETS: Array(3).fill("hidden".repeat(8)).join(",") }, secrets],
      [{ CLIENT_SECRETS: "hidden" }, "CLIENT_SECRETS must be a JSON object of secrets by channel"],
      [{ CLIENT_SECRETS: "" }, "CLIENT_SECRETS has no secret of the channel acme"],
      [
        { CLIENT_SECRETS: '{"acme":"hidden","globex":"hidden"}' },
        "CLIENT_SECRETS has a secret of globex, which is not a channel with a confidential client",
      ],
      [
        { IN_EDGE_AUDIENCE: "in-edge" },
        "IN_EDGE_AUDIENCE must be this edge's https URL without a path: users who sign in return to it",
      ],
    ] as const) {
      assert.deepEqual(await problemsOf({ ...settings, ...faulty }), [problem]);
    }
  });

  void test("accepts a time scale only with a local Pub/Sub", async () => {
    const scaled = { ...COMPLETE, IN_TIME_SCALE: "10" };
    const refused = ["IN_TIME_SCALE is refused unless PUBSUB_ENDPOINT is local"];
    assert.deepEqual(await problemsOf(scaled), refused);
    for (const host of [
      "http://10.0.0.1:1",
      "https://localhost.example",
      "http://127.evil.example",
    ]) {
      assert.deepEqual(await problemsOf({ ...scaled, PUBSUB_ENDPOINT: host }), refused);
    }
    for (const host of ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"]) {
      assert.deepEqual(await problemsOf({ ...scaled, PUBSUB_ENDPOINT: host }), []);
    }
    const local = { ...COMPLETE, PUBSUB_ENDPOINT: "http://127.0.0.1:1" };
    for (const scale of ["0", "-1", "fast", "Infinity"]) {
      assert.deepEqual(await problemsOf({ ...local, IN_TIME_SCALE: scale }), [
        `IN_TIME_SCALE must be a positive number, not "${scale}"`,
      ]);
    }
  });
});

void describe("IN_FETCH_ALLOW", () => {
  void test("is accepted only with a local Pub/Sub, and only as host:port", async () => {
    for (const [settings, problem] of [
      [
        { IN_FETCH_ALLOW: "127.0.0.1:1" },
        "IN_FETCH_ALLOW is refused unless PUBSUB_ENDPOINT is local",
      ],
      [{ IN_FETCH_ALLOW: "127.0.0.1" }, 'IN_FETCH_ALLOW must be host:port,…, not "127.0.0.1"'],
      [{ IN_FETCH_ALLOW: "127.0.0.1:1", PUBSUB_ENDPOINT: "http://127.0.0.1:1" }, undefined],
    ] as const) {
      const edge = await Edge.start({ ...COMPLETE, ...settings });
      try {
        const response = await edge.fetch("/healthz");
        const { problems } = (await response.json()) as { problems?: string[] };
        assert.deepEqual(problems, problem === undefined ? undefined : [problem]);
      } finally {
        await edge.stop();
      }
    }
  });
});

void describe("IN_BUDGET_UNITS_PER_DAY", () => {
  void test("is a whole number, 1 or more", async () => {
    for (const [units, problem] of [
      ["1000", undefined],
      ["0", 'IN_BUDGET_UNITS_PER_DAY must be a whole number, 1 or more, not "0"'],
      ["1e3", 'IN_BUDGET_UNITS_PER_DAY must be a whole number, 1 or more, not "1e3"'],
    ] as const) {
      const edge = await Edge.start({ ...COMPLETE, IN_BUDGET_UNITS_PER_DAY: units });
      try {
        const response = await edge.fetch("/healthz");
        const { problems } = (await response.json()) as { problems?: string[] };
        assert.deepEqual(problems, problem === undefined ? undefined : [problem]);
      } finally {
        await edge.stop();
      }
    }
  });
});

void describe("workerd's configuration", () => {
  void test("has every variable, secret and object of wrangler.jsonc", async () => {
    const wrangler = parseWrangler(await readFile("wrangler.jsonc", "utf8"));
    const config = await readFile("dist/config.capnp", "utf8");
    assert.equal(config, workerdConfig(wrangler, await readFile("build/rate-limit.js", "utf8")));
    for (const name of [...Object.keys(wrangler.vars), ...wrangler.secrets.required]) {
      assert.ok(config.includes(`(name = "${name}", fromEnvironment = "${name}")`), name);
    }
    assert.ok(config.includes(`compatibilityDate = "${wrangler.compatibility_date}"`));
    assert.ok(config.includes('(name = "limit", fromEnvironment = "IN_ADDRESS_LIMIT")'));
    assert.ok(config.includes('(name = "TASKS", durableObjectNamespace = "TaskCoordinatorDO")'));
  });

  void test("is not made from a wrangler.jsonc that it cannot translate", () => {
    assert.throws(() => parseWrangler('{"name": }'), /wrangler.jsonc: ValueExpected at offset 9/);
    const wrangler = {
      name: "x",
      compatibility_date: "2026-01-01",
      vars: {},
      secrets: { required: [] },
      exports: { A: { type: "durable-object", storage: "legacy-kv" } },
      durable_objects: { bindings: [] },
    };
    assert.throws(() => workerdConfig(wrangler), /only durable objects on sqlite/);
    assert.throws(
      () =>
        workerdConfig({
          ...wrangler,
          exports: {},
          durable_objects: { bindings: [{ name: "B", class_name: "B" }] },
        }),
      /B binds B, not exported/,
    );
  });
});

function without(name: string): Environment {
  return Object.fromEntries(Object.entries(COMPLETE).filter(([key]) => key !== name));
}

/** `fetch` sets `Host` itself. */
function statusOf(url: URL, headers: Environment): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once("error", reject);
  });
}
