import { strict as assert } from "node:assert";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The built worker with one thing changed, as a version with that fault: for tests of what survives
 * a faulty deployment.
 *
 * @returns the path of its workerd configuration, for `Edge.start`
 */
export async function variant(name: string, code: string, replacement: string): Promise<string> {
  const folder = join("dist", "variants", name);
  await mkdir(folder, { recursive: true });
  const parts = (await readFile("dist/worker.js", "utf8")).split(code);
  assert.equal(parts.length, 2, `${code} is in the bundle ${parts.length - 1} times, not once`);
  await writeFile(join(folder, "worker.js"), parts.join(replacement));
  const config = join(folder, "config.capnp");
  await copyFile("dist/config.capnp", config);
  return config;
}
