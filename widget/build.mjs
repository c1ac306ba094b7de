// Packs src/ into one classic script: dist/duaal-chat-<version>.js. Prints its integrity hash.
// `node build.mjs FOLDER` writes elsewhere, for the test that compares.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(await readFile(join(here, "package.json"), "utf8"));
const outfile = join(process.argv[2] || join(here, "dist"), `duaal-chat-${version}.js`);

const smallCss = {
  name: "small-css",
  setup: ({ onLoad }) => onLoad({ filter: /\.css$/ }, async ({ path }) => ({
    contents: (await transform(await readFile(path, "utf8"), { loader: "css", minify: true })).code,
    loader: "text",
  })),
};

await build({
  entryPoints: [join(here, "src/main.js")], outfile, bundle: true, minify: true, format: "iife",
  target: "es2022", charset: "utf8", legalComments: "none", plugins: [smallCss],
  banner: { js: `/* duaal-chat ${version}, Apache-2.0 */` },
});
const packed = await readFile(outfile);
const hash = createHash("sha384").update(packed).digest("base64");
console.log(`${outfile}\ngzip: ${gzipSync(packed, { level: 9 }).length} bytes\nintegrity: sha384-${hash}`);
