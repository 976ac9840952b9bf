/**
 * How fast the module is: against the native core, and that against the mail parser's own parse, on our honest mails,
 * which are of ordinary kinds and size. Prints ratios of one run, native and module by turns; refuses none, since
 * machines differ.
 */
import { execFileSync } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PACKAGE, TOP, fetchFromPackage, thunderbird } from "./fakes.mjs";

const FOLDER = "tests/messages/honest/";
/** Of the medians of so many rounds the least counts: a busy machine makes them longer, nothing makes them shorter. */
const ROUNDS = 9;
const TURNS = 31;

/** The heap is kept: glibc would hand it back after each mail, and what is measured would be how the system gives pages. */
const KEPT = { MALLOC_TRIM_THRESHOLD_: "100000000", MALLOC_MMAP_THRESHOLD_: "100000000" };

fetchFromPackage();
thunderbird();
const { default: init, inspect } = await import(new URL("core/mekiki.js", PACKAGE));

const begun = performance.now();
await init({ module_or_path: await readFile(new URL("core/mekiki_bg.wasm", PACKAGE)) });
const start = performance.now() - begun;

const names = (await readdir(new URL(FOLDER, TOP))).filter((name) => name.endsWith(".eml"));
const mails = await Promise.all(names.map(async (name) => new Uint8Array(await readFile(new URL(FOLDER + name, TOP)))));

const first = performance.now();
inspect(mails[0], {}, {});
const woken = performance.now() - first;

/** Nanoseconds that the parser and the native core take for each mail. */
const native = () =>
  JSON.parse(
    execFileSync(
      "cargo",
      ["run", "-q", "--locked", "--release", "-p", "mekiki-tests", "--example", "speed", "--", ...names.map((name) => FOLDER + name)],
      { cwd: fileURLToPath(TOP), encoding: "utf8", env: { ...process.env, ...KEPT } },
    ),
  );

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Nanoseconds that the module takes for a mail. */
function module(mail) {
  const times = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const from = performance.now();
    inspect(mail, {}, {});
    times.push(performance.now() - from);
  }
  return median(times) * 1e6;
}

const rounds = [];
for (let round = 0; round < ROUNDS; round++) {
  rounds.push(native().map((taken, at) => ({ ...taken, module: module(mails[at]) })));
}
const least = (at, name) => Math.min(...rounds.map((round) => round[at][name]));
const rows = names.map((name, at) => ({
  name: name.replace(".eml", ""),
  parse: least(at, "parse"),
  inspect: least(at, "inspect"),
  module: least(at, "module"),
}));
const sum = (name) => rows.reduce((sum, row) => sum + row[name], 0);
rows.push({ name: "all", parse: sum("parse"), inspect: sum("inspect"), module: sum("module") });

const micro = (nanoseconds) => `${(nanoseconds / 1e3).toFixed(0)} µs`.padStart(9);
const ratio = (one, other) => `${(one / other).toFixed(2)}×`.padStart(7);
console.log(`${"".padEnd(24)}   parser     core           module, report handed over included`);
for (const row of rows) {
  const shares = `${micro(row.inspect)}${ratio(row.inspect, row.parse)}${micro(row.module)}${ratio(row.module, row.inspect)}`;
  console.log(`${row.name.padEnd(24)}${micro(row.parse)}${shares}`);
}
console.log(`start ${start.toFixed(0)} ms to compile and start the module, ${woken.toFixed(0)} ms for the first mail`);
