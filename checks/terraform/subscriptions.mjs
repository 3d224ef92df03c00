// Writes the listing of subscriptions that Terraform and the local runner are held against.
import { writeFileSync } from "node:fs";
import { listing, subscriptions } from "../topology.mjs";

writeFileSync(listing, `${JSON.stringify(subscriptions(), null, 2)}\n`);
