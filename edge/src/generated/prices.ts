// Generated from analytics' prices.yaml by `npm run generate`. Do not edit.

/** List prices in US dollars. */
export const prices = {
  visionUnit: 0.0015,
} as const;
