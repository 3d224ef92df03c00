import { strict as assert } from "node:assert";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Axe finds nothing, and nothing is to be scrolled sideways. */
export async function assertAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]),
    [],
  );
  const [content, window] = await page.evaluate(
    () => [document.documentElement.scrollWidth, document.documentElement.clientWidth] as const,
  );
  assert.ok(content <= window, `${content} pixels in a window of ${window}`);
}
