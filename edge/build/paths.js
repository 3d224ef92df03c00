import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const edge = join(dirname(fileURLToPath(import.meta.url)), "..");
export const dist = join(edge, "dist");
export const generated = join(edge, "src", "generated");
export const contract = join(edge, "..", "common-events", "src", "main", "resources");
export const prices = join(
  edge,
  ...["..", "functions", "analytics", "src", "main", "resources", "prices.yaml"],
);
export const docs = join(edge, "..", "docs");
export const client = join(edge, "client");
