// The plans that several cases look at.
import { Workplace } from "../lib/terraform.mjs";
import { topology } from "../lib/topology.mjs";
import { variables } from "../lib/variables.mjs";

/** Subscriptions that are made only where they are switched on. */
export const switchable = Object.entries(topology.subscriptions)
  .filter(([, said]) => said.enabled === false)
  .map(([name]) => name);

/** Made before the tests, gone after them. */
export class Plans {
  /** @type {Workplace} */
  workplace;
  /** As little as possible is said: Cloud Run checks tokens. @type {import("../lib/terraform.mjs").Planned[]} */
  iam;
  /** Functions check tokens, and everything is switched on. @type {import("../lib/terraform.mjs").Planned[]} */
  oidc;

  async make() {
    this.workplace = await Workplace.make();
    this.iam = await this.workplace.plan(variables());
    this.oidc = await this.workplace.plan(
      variables({ push_auth: "oidc", switched_on: switchable }),
    );
  }

  remove() {
    this.workplace?.remove();
  }
}
