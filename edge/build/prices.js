import { parse } from "yaml";

/**
 * @param {string} yaml the text of analytics' prices.yaml
 * @returns {string} the text of src/generated/prices.ts
 */
export function pricesSource(yaml) {
  const prices = /** @type {{ visionUnit: { price: number } }} */ (parse(yaml));
  return `// Generated from analytics' prices.yaml by \`npm run generate\`. Do not edit.

/** List prices in US dollars. */
export const prices = {
  visionUnit: ${prices.visionUnit.price},
} as const;
`;
}
