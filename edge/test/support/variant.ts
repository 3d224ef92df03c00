import { strict as assert } from "node:assert";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * The built worker with some code replaced, as a version with that fault: for tests of what survives
 * a faulty deployment.
 *
 * @returns the path of its workerd configuration, for `Edge.start`
 */
export async function variant(
  name: string,
  replacements: Readonly<Record<string, string>>,
): Promise<string> {
  let worker = await readFile("dist/worker.js", "utf8");
  for (const [code, replacement] of Object.entries(replacements)) {
    const parts = worker.split(code);
    assert.equal(parts.length, 2, `${code} is in the bundle ${parts.length - 1} times, not once`);
    worker = parts.join(replacement);
  }
  const folder = join("dist", "variants", name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "worker.js"), worker);
  const config = join(folder, "config.capnp");
  await copyFile("dist/config.capnp", config);
  return config;
}
