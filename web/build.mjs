// Bundles the page and ODK Web Forms into one ES module that needs nothing from the network: node build.mjs <folder>
import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder = "../toolkit/liuwen/webform/static"] = process.argv.slice(2);

const { metafile } = await build({
  entryPoints: ["src/main.js"],
  outfile: join(folder, "webform.js"),
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  define: {
    "process.env.NODE_ENV": '"production"',
    __VUE_OPTIONS_API__: "true",
    __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
  },
  logLevel: "warning",
});
writeFileSync(join(folder, "LICENCES.txt"), licences(Object.keys(metafile.inputs)));

// What the bundle holds of others' work, each package with its licence.
function licences(inputs) {
  const packages = new Set(inputs.map((path) => path.match(/^node_modules\/(@[^/]+\/[^/]+|[^/]+)/)?.[0]).filter(Boolean));
  return [...packages].sort().map(licence).join(`\n${"-".repeat(80)}\n`);
}

function licence(path) {
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry) && existsSync(join(path, entry)));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(join(path, file), "utf8") : ""}`;
}
