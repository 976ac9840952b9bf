/**
 * How fast the module is: against the native core, and that against the mail parser's own parse, on ordinary mails of
 * ours. Prints ratios of one run; refuses none, since machines differ.
 */
import { execFileSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PACKAGE, TOP, fetchFromPackage, thunderbird } from "./fakes.mjs";

const TURNS = 101;

fetchFromPackage();
thunderbird();
const { default: init, inspect } = await import(new URL("core/mekiki.js", PACKAGE));

const begun = performance.now();
await init({ module_or_path: await readFile(new URL("core/mekiki_bg.wasm", PACKAGE)) });
const start = performance.now() - begun;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

const paths = [];
for (const folder of ["tests/messages/honest/", "tests/messages/hostile/"]) {
  const names = await readdir(new URL(folder, TOP));
  paths.push(...names.filter((name) => name.endsWith(".eml")).map((name) => folder + name));
}
const native = JSON.parse(
  execFileSync("cargo", ["run", "-q", "--locked", "--release", "-p", "mekiki-tests", "--example", "speed", "--", ...paths], {
    cwd: fileURLToPath(TOP),
    encoding: "utf8",
  }),
);
let total = 0;
for (const path of paths) {
  const bytes = new Uint8Array(await readFile(new URL(path, TOP)));
  const times = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const from = performance.now();
    inspect(bytes, {}, {});
    times.push(performance.now() - from);
  }
  total += median(times) * 1e6;
}
const wasm = total / paths.length;
console.log(`${paths.length} messages`);
console.log(`mail parser  ${(native.parse / 1e3).toFixed(0)} µs a message`);
console.log(`core         ${(native.inspect / 1e3).toFixed(0)} µs a message, ${native.ratio}× the mail parser's parse`);
console.log(`module       ${(wasm / 1e3).toFixed(0)} µs a message, ${(wasm / native.inspect).toFixed(2)}× native, report handed over included`);
console.log(`start        ${start.toFixed(0)} ms to compile and start the module`);
