import { strict as assert } from "node:assert";
import { after, before, describe, test } from "node:test";
import { networkOf } from "../src/limits/network.js";
import { assertProblem, Stage } from "./support/stage.js";

void describe("Requests of one address", () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.start({ IN_ADDRESS_LIMIT: "3" });
  });
  after(async () => {
    await stage.stop();
  });

  const get = (path: string, address?: string): Promise<Response> =>
    fetch(new URL(path, stage.edge.url), {
      headers: address === undefined ? {} : { "cf-connecting-ip": address },
    });

  void test("are refused beyond the limit, whoever makes them, and no other address's", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) {
      statuses.push((await get("/v1/account", "192.0.2.1")).status);
    }
    // Windows are whole minutes: one may begin in between, and allow three more.
    assert.ok(statuses.filter((status) => status === 200).length <= 6, statuses.join());
    const refused = await get("/v1/account", "192.0.2.1");
    assert.equal(refused.headers.get("retry-after"), "60");
    await assertProblem(refused, 429, "too_many_requests");
    assert.equal((await get("/v1/account", "192.0.2.2")).status, 200);
  });

  void test("are not counted where Cloudflare says no address, nor at the page and the health check", async () => {
    for (let i = 0; i < 10; i++) {
      assert.equal((await get("/v1/account")).status, 200);
      assert.equal((await get("/healthz", "192.0.2.3")).status, 200);
      assert.equal((await get("/", "192.0.2.3")).status, 200);
    }
  });

  void test("are those of the whole /64 by IPv6", () => {
    assert.equal(networkOf("192.0.2.1"), "192.0.2.1");
    for (const address of ["2001:db8:1:2:3:4:5:6", "2001:0DB8:1:2::1", "2001:db8:1:2::"]) {
      assert.equal(networkOf(address), "2001:db8:1:2::/64");
    }
    assert.equal(networkOf("2001:db8::1"), "2001:db8:0:0::/64");
    assert.equal(networkOf("::1"), "0:0:0:0::/64");
  });
});
