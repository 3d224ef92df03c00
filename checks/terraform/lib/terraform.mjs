// Terraform on this machine, on a copy of terraform/, against the stand-ins.
import { execFile, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../root.mjs";
import { startProviders } from "../stand-in/providers.mjs";

export const terraformFolder = join(ROOT, "terraform");

/** A reason to skip what needs Terraform, or false. */
export const noTerraform = reasonToSkip();

function reasonToSkip() {
  const { status, stdout } = spawnSync("terraform", ["version", "-json"], { encoding: "utf8" });
  if (status !== 0) return "terraform is not on this machine";
  const version = JSON.parse(stdout).terraform_version;
  const [major, minor] = version.split(".").map(Number);
  const enough = major > 1 || (major === 1 && minor >= 11);
  return enough ? false : `terraform ${version} is on this machine, and 1.11 is needed`;
}

/**
 * Runs Terraform in a folder.
 *
 * @param {string} folder
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ status: number, stdout: string, stderr: string }>}
 */
export async function terraform(folder, args, env = {}) {
  try {
    const { stdout, stderr } = await promisify(execFile)("terraform", args, {
      cwd: folder,
      maxBuffer: 64 << 20,
      // Nothing is to be looked up anywhere, and a machine's own settings are not to matter.
      env: { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "1", ...env },
    });
    return { status: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = /** @type {any} */ (error);
    return { status: typeof code === "number" ? code : -1, stdout, stderr };
  }
}

/** What is not the configuration: tests, and what somebody's own deployment has left. */
const NOT_COPIED = /^(\.terraform.*|.*\.tfstate.*|.*\.tfvars|.*\.auto\.tfvars\.json)$/;

/** What a plan would make of one resource. @typedef {{ address: string, type: string, values: Record<string, any> }} Planned */

/** A copy of terraform/ that can be validated and planned. End it with `remove`. */
export class Workplace {
  #home;
  #env;
  #stop;

  /** @param {string} home @param {Record<string, string>} env @param {() => void} stop */
  constructor(home, env, stop) {
    this.#home = home;
    this.#env = env;
    this.#stop = stop;
  }

  static async make() {
    const home = mkdtempSync(join(tmpdir(), "in-terraform-"));
    const folder = join(home, "terraform");
    cpSync(terraformFolder, folder, {
      recursive: true,
      filter: (path) => !NOT_COPIED.test(basename(path)),
    });
    // What the modules read of the other folders.
    for (const file of ["common-events/src/main/resources/topology.yaml", "edge/wrangler.jsonc"]) {
      cpSync(join(ROOT, file), join(home, file));
    }
    mkdirSync(join(home, "edge/dist"));
    writeFileSync(join(home, "edge/dist/worker.js"), "// as built\n");
    // State is kept in the copy, and with it goes.
    writeFileSync(join(folder, "here_override.tf"), 'terraform {\n  backend "local" {}\n}\n');
    const { reattach, stop } = await startProviders(usedTypes(folder));
    const workplace = new Workplace(home, { TF_REATTACH_PROVIDERS: reattach }, stop);
    await workplace.succeed(["init", "-input=false"]);
    return workplace;
  }

  remove() {
    this.#stop();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** A copy of what of the project Terraform reads, with terraform/ in it. */
  get folder() {
    return this.#home;
  }

  /** What has Terraform find the stand-ins. */
  get env() {
    return this.#env;
  }

  /** @param {string[]} args @param {string} [below] a folder below terraform/ */
  run(args, below = "") {
    return terraform(join(this.#home, "terraform", below), args, this.#env);
  }

  /** @param {string[]} args @param {string} [below] a folder below terraform/ */
  async succeed(args, below = "") {
    const { status, stdout, stderr } = await this.run([...args, "-no-color"], below);
    if (status !== 0) throw new Error(`terraform ${args.join(" ")}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Writes a file. @param {string} path below terraform/ @param {string} text */
  write(path, text) {
    const file = join(this.#home, "terraform", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Copies a folder. @param {string} from @param {string} to both below terraform/ */
  copy(from, to) {
    const folder = join(this.#home, "terraform");
    cpSync(join(folder, from), join(folder, to), { recursive: true });
  }

  /**
   * @param {Record<string, unknown>} variables
   * @param {string[]} [options]
   * @returns {Promise<Planned[]>} every resource that would be made
   */
  async plan(variables, options = []) {
    this.write("test.tfvars.json", JSON.stringify(variables));
    await this.succeed([
      ...["plan", "-input=false", "-lock=false", "-out=test.tfplan"],
      ...["-var-file=test.tfvars.json", ...options],
    ]);
    const plan = JSON.parse(await this.succeed(["show", "-json", "test.tfplan"]));
    return resourcesOf(plan.planned_values.root_module);
  }
}

/** @returns {Planned[]} */
function resourcesOf(/** @type {any} */ module) {
  return [
    ...(module.resources ?? []).map((/** @type {any} */ { address, type, values }) => ({
      address,
      type,
      values,
    })),
    ...(module.child_modules ?? []).flatMap(resourcesOf),
  ];
}

/** @param {string} folder */
function usedTypes(folder) {
  const used = { resources: new Set(), dataSources: new Set() };
  for (const entry of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!entry.endsWith(".tf")) continue;
    for (const [, mode, type] of readFileSync(join(folder, entry), "utf8").matchAll(
      /^(resource|data) "([a-z0-9_]+)"/gm,
    )) {
      (mode === "data" ? used.dataSources : used.resources).add(type);
    }
  }
  return used;
}
