/**
 * @param {string} json the text of limits.json
 * @returns {string} the text of src/generated/limits.ts
 */
export function limitsSource(json) {
  const limits = /** @type {Record<string, unknown>} */ (JSON.parse(json));
  const entries = Object.entries(limits).map(([name, value]) => {
    const text = name.endsWith("Pattern") ? `/${String(value)}/` : JSON.stringify(value);
    return `${name}: ${text},`;
  });
  return `// Generated from common-events' limits.json by \`npm run generate\`. Do not edit.

/** Limits, forms of ids and closed lists that all of iN shares. */
export const limits = {
${entries.join("\n")}
} as const;
`;
}
