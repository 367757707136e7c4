// usage: node bundle.mjs OUTPUT     the page's script with everything it needs, in one file
import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2];

/** The licence texts of a package, in one string. */
async function licenceOf(folder) {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying)/i.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  if (texts.length === 0) throw new Error(`${folder} has no licence file`);
  return texts.map((text) => text.trim()).join("\n\n");
}

/** What the licences of the bundled packages ask to be kept with every copy: a comment. */
async function licenceComment(inputs) {
  const folders = new Set();
  for (const path of Object.keys(inputs)) {
    const found = path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/);
    if (found) folders.add(found[0]);
  }
  const packages_of = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const text = await licenceOf(folder);
    packages_of.set(text, [...(packages_of.get(text) ?? []), `${name} ${version}`]);
  }
  const parts = [...packages_of].map(([text, names]) => `${names.join(", ")}:\n\n${text}`);
  return `/*! This script contains:\n\n${parts.join("\n\n").replaceAll("*/", "* /")}\n*/\n`;
}

const { metafile } = await build({
  entryPoints: [join(here, "src/page.js")],
  nodePaths: [join(process.cwd(), "node_modules")],
  bundle: true,
  minify: true,
  charset: "ascii",
  format: "iife",
  legalComments: "none",
  metafile: true,
  target: "es2022",
  outfile: output,
});
const script = (await licenceComment(metafile.inputs)) + (await readFile(output, "utf8"));
for (const ending of ["</script", "<!--"]) {
  if (script.toLowerCase().includes(ending)) {
    throw new Error(`${output} contains ${ending}, which would end or change the script element`);
  }
}
await writeFile(output, script);
