// The plans that several cases look at.
import assert from "node:assert/strict";
import { Workplace } from "../lib/terraform.mjs";
import { topology } from "../../topology.mjs";
import { variables } from "../lib/variables.mjs";

/** @typedef {import("../lib/terraform.mjs").Planned} Planned */

/** Subscriptions that are made only where they are switched on. */
export const switchable = Object.entries(topology.subscriptions)
  .filter(([, said]) => said.enabled === false)
  .map(([name]) => name);

/** Made before the tests, gone after them. */
export class Plans {
  /** @type {Workplace | undefined} */
  #workplace;

  /** As little as possible is said: Cloud Run checks tokens. @type {Planned[]} */
  iam = [];

  /** Functions check tokens, and everything is switched on. @type {Planned[]} */
  oidc = [];

  async make() {
    this.#workplace = await Workplace.make();
    this.iam = await this.workplace.plan(variables());
    this.oidc = await this.workplace.plan(
      variables({ push_auth: "oidc", switched_on: switchable }),
    );
  }

  get workplace() {
    return this.#workplace ?? assert.fail("not made yet");
  }

  remove() {
    this.#workplace?.remove();
  }
}
