// How do the sources in app/static/src become the files that Enlace serves?
//
// Builds app/static/dist: one style sheet, our script, those of a record's own page, of a form sent whole and of passkeys, htmx as
// published, the mark; each under a name with its own fingerprint, compressed beforehand, listed in manifest.json.
// Also writes app/static/vendor.json (what is taken from elsewhere) and copies axe-core for the tests.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transformSync } from "esbuild";
import { compile } from "sass";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const at = (...parts) => join(root, ...parts);
const modules = (...parts) => at("node_modules", ...parts);
const sources = at("app/static/src");
const dist = at("app/static/dist");
const sha256 = (content) => createHash("sha256").update(content).digest("hex");

const TARGETS = ["chrome109", "firefox115", "safari16.4"];
const REFUSED = ["GDS Transport", "crest"];

function styles() {
  const { css } = compile(join(sources, "styles/enlace.scss"), {
    style: "compressed",
    charset: false,
    loadPaths: [modules("govuk-frontend/dist")],
  });
  const trimmed = css.replace(/:root\{--govuk-frontend-version:[^}]*\}/, "");
  for (const word of REFUSED) if (trimmed.includes(word)) throw new Error(`The style sheet holds ${word}`);
  return transformSync(trimmed, { loader: "css", minify: true, target: TARGETS, charset: "utf8" }).code.trim() + "\n";
}

async function script(name) {
  const result = await build({
    entryPoints: [join(sources, "scripts", name)],
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGETS,
    write: false,
    legalComments: "none",
  });
  return result.outputFiles[0].text;
}

const htmx = () => readFileSync(modules("htmx.org/dist/htmx.min.js"), "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");

function publish(name, content) {
  const bytes = Buffer.from(content);
  const dot = name.lastIndexOf(".");
  const fingerprinted = `${name.slice(0, dot)}.${sha256(bytes).slice(0, 12)}${name.slice(dot)}`;
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const gzipped = gzipSync(bytes, { level: 9 });
  const squeezed = brotliCompressSync(bytes, { params });
  writeFileSync(join(dist, fingerprinted), bytes);
  writeFileSync(join(dist, `${fingerprinted}.gz`), gzipped);
  writeFileSync(join(dist, `${fingerprinted}.br`), squeezed);
  console.log(`${fingerprinted}: ${bytes.length} bytes, gzip ${gzipped.length}, brotli ${squeezed.length}`);
  return fingerprinted;
}

function vendored(name, { file, use, content }) {
  const { version, license } = JSON.parse(readFileSync(modules(name, "package.json"), "utf8"));
  return { name, version, licence: license, use, file, sha256: sha256(content) };
}

const axe = readFileSync(modules("axe-core/axe.min.js"));
mkdirSync(at("tests/vendor"), { recursive: true });
writeFileSync(at("tests/vendor/axe.min.js"), axe);

mkdirSync(dist, { recursive: true });
const css = styles();
const library = htmx();
const manifest = {
  "enlace.css": publish("enlace.css", css),
  "enlace.js": publish("enlace.js", await script("enlace.js")),
  "htmx.js": publish("htmx.js", library),
  "opened.js": publish("opened.js", await script("opened.js")),
  "passkey.js": publish("passkey.js", await script("passkey.js")),
  "unsent.js": publish("unsent.js", await script("unsent.js")),
  "writing.js": publish("writing.js", await script("writing.js")),
  "mark.svg": publish("mark.svg", readFileSync(join(sources, "mark.svg"))),
};
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
const vendor = [
  vendored("htmx.org", { file: `app/static/dist/${manifest["htmx.js"]}`, use: "served", content: library }),
  vendored("govuk-frontend", { file: `app/static/dist/${manifest["enlace.css"]}`, use: "compiled into our style sheet", content: css }),
  vendored("axe-core", { file: "tests/vendor/axe.min.js", use: "tests only, never served", content: axe }),
];
// What was built before goes last: pages that are open meanwhile find their files.
const kept = Object.values(manifest).flatMap((name) => [name, `${name}.gz`, `${name}.br`]);
for (const name of readdirSync(dist)) if (![...kept, "manifest.json"].includes(name)) rmSync(join(dist, name));
writeFileSync(at("app/static/vendor.json"), `${JSON.stringify(vendor, null, 2)}\n`);
