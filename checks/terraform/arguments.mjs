#!/usr/bin/env node
// Checks every *.tf file below the given folders: the HCL parses, each google_* and cloudflare_*
// resource and data source exists in the provider's published schema (google 6.50, cloudflare 5.x),
// it sets no argument or block that the schema lacks, and it leaves out none that the schema requires.
// References are checked too: every var.*, local.*, module.* and resource address that a file uses
// must be declared in its folder. Usage: node arguments.mjs DIR... ; exit 1 on any finding.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { parse } from "@cdktf/hcl2json";

const require = createRequire(import.meta.url);
const META = new Set([
  "count",
  "for_each",
  "depends_on",
  "provider",
  "lifecycle",
  "connection",
  "provisioner",
  "dynamic",
  "timeouts",
  "project",
  "id",
]);

function loadProvider(pkg, prefix) {
  const file = join(dirname(require.resolve(`${pkg}/package.json`)), ".jsii");
  const types = JSON.parse(readFileSync(file, "utf8")).types;
  const fqnByKind = new Map();
  for (const [fqn, t] of Object.entries(types)) {
    if (t.kind !== "interface" || !t.name.endsWith("Config")) continue;
    if (!(t.interfaces ?? []).includes("cdktf.TerraformMetaArguments")) continue;
    const link = JSON.stringify(t.properties ?? []).match(
      /docs\/(resources|data-sources)\/([a-z0-9_]+)#/,
    );
    if (link)
      fqnByKind.set(`${link[1] === "resources" ? "resource" : "data"} ${prefix}_${link[2]}`, fqn);
  }
  return { types, fqnByKind };
}

function propertiesOf(types, fqn) {
  const out = new Map();
  for (const p of types[fqn]?.properties ?? []) {
    const snake =
      p.docs?.remarks?.match(/#([a-z0-9_]+)\s+[A-Za-z0-9]+#[a-z0-9_]+\}/)?.[1] ??
      p.name.replace(/([A-Z0-9]+)/g, (m) => `_${m.toLowerCase()}`);
    out.set(snake, { required: !p.optional, block: structOf(p.type) });
  }
  return out;
}

function structOf(type) {
  if (!type) return undefined;
  if (type.fqn && !type.fqn.startsWith("cdktf.")) return type.fqn;
  if (type.collection) return structOf(type.collection.elementtype);
  for (const t of type.union?.types ?? []) {
    const s = structOf(t);
    if (s) return s;
  }
  return undefined;
}

function checkBody(types, fqn, body, where, findings, top) {
  const props = propertiesOf(types, fqn);
  const present = new Set(Object.keys(body));
  for (const [block, uses] of Object.entries(body.dynamic ?? {})) {
    present.add(block);
    if (!props.has(block)) {
      findings.push(`${where}: no block '${block}' (dynamic)`);
      continue;
    }
    const inner = props.get(block).block;
    for (const use of uses)
      for (const content of use.content ?? [])
        if (inner) checkBody(types, inner, content, `${where}.${block}`, findings, false);
  }
  for (const [key, value] of Object.entries(body)) {
    if (key === "dynamic" || (top && META.has(key) && !props.has(key)) || key === "lifecycle")
      continue;
    const prop = props.get(key);
    if (!prop) {
      findings.push(`${where}: no argument or block '${key}'`);
      continue;
    }
    if (prop.block && Array.isArray(value))
      for (const v of value)
        if (v && typeof v === "object")
          checkBody(types, prop.block, v, `${where}.${key}`, findings, false);
  }
  for (const [key, prop] of props)
    if (prop.required && !present.has(key) && !(top && META.has(key)))
      findings.push(`${where}: required '${key}' is missing`);
}

function tfFolders(dir, out = []) {
  const entries = readdirSync(dir);
  if (entries.some((e) => e.endsWith(".tf"))) out.push(dir);
  for (const e of entries)
    if (!e.startsWith(".") && e !== "node_modules" && statSync(join(dir, e)).isDirectory())
      tfFolders(join(dir, e), out);
  return out;
}

const providers = {
  google: loadProvider("@cdktf/provider-google", "google"),
  cloudflare: loadProvider("@cdktf/provider-cloudflare", "cloudflare"),
};
const findings = [];
let checked = 0;
for (const root of process.argv.slice(2)) {
  if (!existsSync(root)) {
    findings.push(`${root}: no such folder`);
    continue;
  }
  for (const dir of tfFolders(root)) {
    const declared = new Set();
    const texts = [];
    for (const name of readdirSync(dir).filter((e) => e.endsWith(".tf"))) {
      const file = join(dir, name);
      const text = readFileSync(file, "utf8");
      let json;
      try {
        json = await parse(name, text);
      } catch (e) {
        findings.push(`${relative(".", file)}: ${String(e).split("\n")[0]}`);
        continue;
      }
      texts.push([relative(".", file), text.replace(/(^|\s)(#|\/\/).*$/gm, "")]);
      for (const v of Object.keys(json.variable ?? {})) declared.add(`var.${v}`);
      for (const l of json.locals ?? []) for (const k of Object.keys(l)) declared.add(`local.${k}`);
      for (const m of Object.keys(json.module ?? {})) declared.add(`module.${m}`);
      for (const mode of ["resource", "data"])
        for (const [type, instances] of Object.entries(json[mode] ?? {}))
          for (const [label, bodies] of Object.entries(instances)) {
            declared.add(mode === "data" ? `data.${type}.${label}` : `${type}.${label}`);
            const p = type.startsWith("google_")
              ? providers.google
              : type.startsWith("cloudflare_")
                ? providers.cloudflare
                : undefined;
            if (!p) continue;
            const fqn = p.fqnByKind.get(`${mode} ${type}`);
            const where = `${relative(".", file)}: ${type}.${label}`;
            if (!fqn) {
              findings.push(`${where}: the provider has no ${mode} '${type}'`);
              continue;
            }
            checked++;
            for (const body of bodies) checkBody(p.types, fqn, body, where, findings, true);
          }
    }
    const lacks = new Set();
    for (const [file, text] of texts) {
      for (const m of text.matchAll(/\b(var|local|module)\.([A-Za-z_][\w-]*)/g))
        if (!declared.has(`${m[1]}.${m[2]}`))
          lacks.add(`${file}: ${m[1]}.${m[2]} is not declared in this folder`);
      for (const m of text.matchAll(
        /(?<![\w."-])(data\.)?((?:google|cloudflare)_[a-z0-9_]+)\.([A-Za-z_][\w-]*)/g,
      )) {
        const a = `${m[1] ?? ""}${m[2]}.${m[3]}`;
        if (!declared.has(a)) lacks.add(`${file}: ${a} is not declared in this folder`);
      }
    }
    findings.push(...lacks);
  }
}
for (const f of findings) console.log(f);
console.log(`${checked} resources and data sources checked, ${findings.length} findings`);
process.exit(findings.length || !checked ? 1 : 0);
