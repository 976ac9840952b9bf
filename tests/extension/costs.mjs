/**
 * What messages cost that are much of one thing (tests/src/shapes.rs): for each shape and size how long the native core
 * takes to judge it and to publish its report, and the module to judge it. Prints the list, and what of it is above the
 * bound. Arguments: sizes in megabytes (0.1 1 5).
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE, TOP, fetchFromPackage, thunderbird } from "./fakes.mjs";

/** Milliseconds a megabyte that the native core may take to judge a message of at least a megabyte. */
const BOUND = 50;
const TURNS = 3;
const MEGABYTE = 1e6;

fetchFromPackage();
thunderbird();
const { default: init, inspect } = await import(new URL("core/mekiki.js", PACKAGE));
await init({ module_or_path: await readFile(new URL("core/mekiki_bg.wasm", PACKAGE)) });

const sizes = process.argv.slice(2).map(Number);
const bytes = (sizes.length > 0 ? sizes : [0.1, 1, 5]).map((size) => String(Math.round(size * MEGABYTE)));
const folder = await mkdtemp(join(tmpdir(), "mekiki-costs-"));
const command = ["run", "-q", "--locked", "--release", "-p", "mekiki-tests", "--example", "costs", "--", "--into", folder, ...bytes];
try {
  const lines = execFileSync("cargo", command, { cwd: fileURLToPath(TOP), encoding: "utf8" }).trim().split("\n");
  const rows = [];
  for (const line of lines) {
    const row = JSON.parse(line);
    rows.push({ ...row, module: time(await readFile(join(folder, row.file))) });
  }
  print(rows);
} finally {
  await rm(folder, { recursive: true });
}

/** Milliseconds that the module takes for a message: the least of a few turns. */
function time(mail) {
  const turns = Array.from({ length: TURNS }, () => {
    const from = performance.now();
    inspect(mail, {}, {});
    return performance.now() - from;
  });
  return Math.min(...turns);
}

function print(rows) {
  const columns = ["judging", "publishing", "module"];
  console.log(`${"".padEnd(44)}      MB${columns.map((name) => `${name} ms`.padStart(15)).join("")}   judging ms/MB`);
  const above = [];
  for (const row of rows) {
    const size = row.bytes / MEGABYTE;
    const taken = columns.map((name) => row[name].toFixed(1).padStart(15)).join("");
    const share = row.judging / size;
    console.log(`${row.shape.padEnd(44)}${size.toFixed(2).padStart(8)}${taken}${share.toFixed(1).padStart(16)}`);
    if (size >= 0.9 && share > BOUND) above.push(`${row.shape}, ${size.toFixed(1)} MB: ${share.toFixed(0)} ms a MB`);
  }
  console.log(above.length > 0 ? `above ${BOUND} ms a MB:\n${above.join("\n")}` : `none above ${BOUND} ms a MB`);
}
