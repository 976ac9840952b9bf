/**
 * The declarations of the door, held to what comes out of it: the reports of all messages of ours are written down as
 * TypeScript and checked against them, every field and every word.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { PACKAGE, TOP, fetchFromPackage } from "./fakes.mjs";

const FOLDER = new URL("target/declarations/", TOP);
const MESSAGES = new URL("tests/messages/", TOP);

/** What may be a word of a union; other texts are of no interest. */
const WORD = /^[A-Za-z][A-Za-z\d-]{0,30}$/;

/**
 * A value by its shape: texts that are no words, and numbers, are all the same; a list holds each of its shapes once.
 * @param {unknown} value
 */
function shapeOf(value) {
  if (typeof value === "string") return WORD.test(value) ? value : "";
  if (typeof value === "number") return 0;
  if (Array.isArray(value)) return distinct(value.map(shapeOf));
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
  return value;
}

/** @param {readonly unknown[]} values */
function distinct(values) {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** What TypeScript says of values. Nothing: that they are as declared. */
async function complaints(reports, contexts, answers) {
  await mkdir(FOLDER, { recursive: true });
  await copyFile(new URL("crates/wasm/src/types.d.ts", TOP), new URL("types.d.ts", FOLDER));
  const lists = { reports, contexts, answers };
  const written = Object.entries({ Report: "reports", Context: "contexts", Answers: "answers" })
    .map(([type, name]) => `export const ${name}: readonly ${type}[] = ${JSON.stringify(lists[name], null, 1)};\n`);
  const source = new URL("given.ts", FOLDER);
  await writeFile(source, `import type { Answers, Context, Report } from "./types.d.ts";\n${written.join("")}`);
  const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", TOP));
  const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--allowImportingTsExtensions", "--types", "", "--ignoreConfig", fileURLToPath(source)];
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, ...options], (error, out, err) => resolve(error ? `${out}${err}` || error.message : ""));
  });
}

test("what comes out of the door is as it is declared", { timeout: 300_000 }, async () => {
  fetchFromPackage();
  const { judge } = await import(new URL("shared/core.mjs", PACKAGE));
  const names = await readdir(MESSAGES, { recursive: true });
  const given = async (ending) => Promise.all(names.filter((name) => name.endsWith(ending)).map(async (name) => JSON.parse(await readFile(new URL(name, MESSAGES), "utf8"))));
  const [contexts, answers] = await Promise.all([given(".context.json"), given(".answers.json")]);
  const beside = (name, ending) => readFile(new URL(name.replace(/eml$/, ending), MESSAGES), "utf8").then(JSON.parse, () => ({}));
  const reports = [];
  for (const name of names.filter((one) => one.endsWith(".eml"))) {
    reports.push(shapeOf(await judge(await readFile(new URL(name, MESSAGES)), await beside(name, "context.json"), await beside(name, "answers.json"))));
  }
  assert.ok(reports.length > 400 && contexts.length > 10 && answers.length > 1);
  // Lists go into one report: the others differ in little else.
  const lists = Object.keys(reports[0]).filter((field) => Array.isArray(reports[0][field]));
  const whole = { ...reports[0], ...Object.fromEntries(lists.map((field) => [field, distinct(reports.flatMap((report) => report[field]))])) };
  const others = distinct(reports.map((report) => ({ ...report, ...Object.fromEntries(lists.map((field) => [field, []])) })));
  assert.equal(await complaints([whole, ...others], contexts, answers), "");

  // And the check checks: a field too many, one too few, another word.
  const { subject, ...less } = whole;
  const odd = [{ ...whole, invented: 1 }, less, { ...whole, level: "unheard-of" }];
  for (const report of odd) assert.match(await complaints([report], [], []), /error TS/, subject);
});
