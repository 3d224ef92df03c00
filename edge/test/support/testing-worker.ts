import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundleWorker } from "../../build/worker.js";

/**
 * The worker with the fault switches of test/worker.
 *
 * @returns the path of its workerd configuration, for `Edge.start`
 */
export async function testingWorker(): Promise<string> {
  const folder = join("dist", "variants", "testing");
  await mkdir(folder, { recursive: true });
  await bundleWorker(join("test", "worker", "testing-worker.ts"), join(folder, "worker.js"));
  const config = await readFile(join("dist", "config.capnp"), "utf8");
  const binding = '(name = "FAULTS", fromEnvironment = "FAULTS"),';
  const path = join(folder, "config.capnp");
  await writeFile(path, config.replace("bindings = [", `bindings = [\n    ${binding}`));
  return path;
}
