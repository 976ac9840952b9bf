/**
 * Looking into files, in the module that is shipped: what the command line finds, the add-on finds as well.
 */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { before, test } from "node:test";
import { PACKAGE, TOP, fetchFromPackage } from "./fakes.mjs";

const MESSAGES = new URL("tests/messages/", TOP);

let core;
let inside;

before(async () => {
  fetchFromPackage();
  core = await import(new URL("shared/core.mjs", PACKAGE));
  inside = await import(new URL("shared/inside.mjs", PACKAGE));
});

/** The ids of what is found in a message whose files are looked into. */
async function foundIn(raw) {
  const first = await core.judge(raw);
  if (!inside.asksInside(first)) return first.signs.map(({ id }) => id);
  const report = await core.judge(raw, {}, await inside.lookInside(raw, first));
  assert.equal(inside.asksInside(report), false, "it is not asked twice");
  return report.signs.map(({ id }) => id);
}

test("what is inside files is found as the command line finds it", { timeout: 120_000 }, async () => {
  const names = (await readdir(MESSAGES, { recursive: true })).filter((name) => /^attach\..*\.eml$/.test(name));
  assert.ok(names.length > 30);
  for (const name of names) {
    const [sign, folder] = name.split("/");
    const found = await foundIn(await readFile(new URL(name, MESSAGES)));
    assert.equal(found.includes(sign), folder === "fires", name);
  }
});

test("a message without files asks for nothing", async () => {
  const report = await core.judge(await readFile(new URL("link.ip-host/fires/bare-number.eml", MESSAGES)));
  assert.equal(inside.asksInside(report), false);
});

test("where looking fails, that is said of each file, and the next message is looked into", async () => {
  const raw = await readFile(new URL("attach.program/fires/alone-in-an-archive.eml", MESSAGES));
  const report = await core.judge(raw);
  const { inside: failed } = await inside.lookInside(/** @type {never} */ (null), report);
  assert.deepEqual(failed.map(({ attachment, inside: { isUnread } }) => [attachment, isUnread]), [[0, true]]);
  const told = await core.judge(raw, {}, { inside: failed });
  assert.equal(told.attachments[0].inside.isUnread, true);
  const { inside: looked } = await inside.lookInside(raw, report);
  assert.deepEqual(looked[0].inside.names, ["invoice.pdf.exe"]);
});
