// Bundles the page and ODK Web Forms into one ES module that needs nothing from the network: node build.mjs <folder>
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

// What of an expression phones work out otherwise → how ODK Web Forms writes it, and what it is given.
const AS_PHONES = {
  "regex()": [/new RegExp\((\w+\.evaluate\(\w+\)\.toString\(\))\)\.test\((\w+)\)/, "liuwenPhones.fits($1, $2)"],
  calculations: [
    /(createCalculation = \((\w+), \w+, (\w+)\) => \{\s*const \w+ = createComputedExpression\()\2, \3\)/,
    "$1liuwenPhones.calculating($2), $3)",
  ],
  "values that are set": [
    /\b(\w+)\.evaluator\.evaluateString\((\w+(?:\.expression)?), \1\)/g,
    "liuwenPhones.kept($1.evaluator, $2, $1)",
  ],
  "sum()": [
    /(\w+) = (\w+)\.toNumber\(\)(;\s*if \(Number\.isNaN\(\1\)\) \{\s*\w+ = NaN;\s*break;)/,
    "$1 = liuwenPhones.addend($2)$3",
  ],
  "min() and max()": [
    /shortCircuitOnNaN: !0(\s*\}\);\s*return )(\w+)\.length === 0 \? NaN : Math\[(\w+)\]\(\.\.\.\2\)/,
    "shortCircuitOnNaN: !1$1liuwenPhones.among(Math[$3], $2)",
  ],
};

const [folder = "../toolkit/liuwen/webform/static"] = process.argv.slice(2);
const words = Object.keys(JSON.parse(readFileSync("words.json", "utf8")));
const found = new Set();

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
  loader: { ".css": "text" },
  plugins: [{ name: "two-languages", setup: twoLanguages }],
  logLevel: "warning",
});
const lost = words.filter((word) => !found.has(word));
if (lost.length) throw new Error(`ODK Web Forms no longer says: ${lost.join(" | ")}. Mend words.json.`);
writeFileSync(join(folder, "LICENCES.txt"), licences(Object.keys(metafile.inputs)));

// ODK Web Forms 0.22 writes its own words in English only: each literal becomes a call of say().
function twoLanguages({ onLoad }) {
  onLoad({ filter: /@getodk[\\/]web-forms[\\/]dist[\\/].*\.js$/ }, ({ path }) => {
    const spoken = words.reduce(speak, readFileSync(path, "utf8"));
    const said = spoken.replace(/`\$\{(\w+)\} (questions with errors\.)`/, (_, count, rest) => {
      found.add(`{n} ${rest}`);
      return `liuwenSay("{n} ${rest}").replace("{n}", ${count})`;
    });
    const shown = said.replace(/`((?:Failed to load|Cannot fetch) [^`$]*\.) File: \$\{([^}]+)\}`/g, (_, word, file) => {
      found.add(word);
      return `(liuwenSay(${JSON.stringify(word)}) + " " + ${file})`;
    });
    const imported = `import { say as liuwenSay } from ${JSON.stringify(resolve("src/wording.js"))};\n`;
    return { contents: imported + restorable(asPhones(shown)) + engineOf(shown), loader: "js" };
  });
}

// ODK Web Forms keeps its engine to itself: export it, so that submissions can be judged without drawing a form.
function engineOf(code) {
  if (/\bloadForm = \(/.test(code)) return "\nexport { loadForm };";
  const inner = code.match(/} from "(\.\/index-[^"]+)"/);
  return inner && code.includes("as OdkWebForm") ? `\nexport { loadForm } from "${inner[1]}";` : "";
}

// ODK Web Forms works out some expressions in another way than phones: give it theirs.
function asPhones(code) {
  if (!/"regex",\s*\[/.test(code)) return code;
  const made = Object.entries(AS_PHONES).reduce((changed, [what, [theirs, ours]]) => {
    if (!theirs.test(changed)) throw new Error(`ODK Web Forms works out ${what} in another way now. Mend build.mjs.`);
    return changed.replace(theirs, ours);
  }, code);
  return `import * as liuwenPhones from ${JSON.stringify(resolve("src/phones.js"))};\n${made}`;
}

// ODK Web Forms' engine can restore an instance, but its component cannot: let it, and tell which instance it has opened.
function restorable(code) {
  if (!code.includes("loadFormState = async")) return code;
  const opening = `import { opened as liuwenOpened } from ${JSON.stringify(resolve("src/opened.js"))};\n`;
  const restoring = /(resolvableFormInstanceInput\((\w+)\.editInstance\), \w+ = await )((\w+)\.editInstance\(\w+, (\w+)\))/;
  const succeeding = /(\w+) = \((\w+), (\w+)\) => \(\{(\s*status: "FORM_STATE_SUCCESS",\s*error: null,\s*form: \2,\s*instance: \3)/;
  if (!restoring.test(code) || !succeeding.test(code)) throw new Error("ODK Web Forms opens forms in another way now. Mend build.mjs.");
  return (
    opening +
    code
      .replace(restoring, "$1($2.editInstance.restore ? $4.restoreInstance({ data: [$2.editInstance.restore] }, $5) : $3)")
      .replace(succeeding, "$1 = ($2, $3) => (liuwenOpened.root = $3.root, {$4")
  );
}

function speak(code, word) {
  const literal = new RegExp(`(?<!case )"( ?)${word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( ?)"`, "gu");
  return code.replace(literal, (_, before, after) => {
    found.add(word);
    return `("${before}" + liuwenSay(${JSON.stringify(word)}) + "${after}")`;
  });
}

// What the bundle holds of others' work, each package with its licence.
function licences(inputs) {
  const packages = new Set(inputs.map((path) => path.match(/^node_modules\/(@[^/]+\/[^/]+|[^/]+)/)?.[0]).filter(Boolean));
  return [...packages].sort().map(licence).join(`\n${"-".repeat(80)}\n`);
}

function licence(path) {
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version} (${license})\n\n${file ? readFileSync(join(path, file), "utf8") : ""}`;
}
