/** Passing a dissection on: copied, saved, on paper, as the background has the core write it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { parseHTML } from "linkedom";
import { PACKAGE, TOP, fetchFromPackage, thunderbird, until } from "./fakes.mjs";

const MESSAGE = 1;
const UNREADABLE = 2;
let texts, share, found, copied;

before(async () => {
  fetchFromPackage();
  const source = new Uint8Array(await readFile(new URL("tests/published/whatever-a-sender-writes.eml", TOP)));
  thunderbird({
    raw: async (id) => {
      if (id === UNREADABLE) throw new Error("Message not downloaded");
      return source;
    },
  });
  await import(new URL("background/main.mjs", PACKAGE));
  const { Texts } = await import(new URL("shared/texts.mjs", PACKAGE));
  texts = new Texts("en", JSON.parse(await readFile(new URL("extension/_locales/en/messages.json", TOP), "utf8")));
  ({ drawShare: share } = await import(new URL("report/share.mjs", PACKAGE)));
  const { ask } = await import(new URL("shared/protocol.mjs", PACKAGE));
  const settings = await ask("settings-ask");
  found = async (id) => ({ dissected: { ...(await ask("dissection-of", { messageId: MESSAGE })), messageId: id }, settings });
  Object.defineProperty(globalThis, "navigator", { configurable: true, value: { clipboard: { writeText: async (text) => (copied = text) } } });
});

/** The controls of a message's dissection, with a format chosen as linkedom knows it. */
async function controls(id, format = "text") {
  const { document } = parseHTML("<main></main>");
  globalThis.document = document;
  const { dissected, settings } = await found(id);
  document.querySelector("main").append(share(dissected, texts, true, settings));
  copied = null;
  document.querySelector(`option[value="${format}"]`).setAttribute("selected", "");
  return document;
}

/** Presses "Publish" and waits for what is written. */
async function published(page) {
  page.querySelector("button.publish").click();
  await until(() => !page.querySelector(".preview").hidden);
  return page.querySelector(".written");
}

test("what is copied names the recipient nowhere and can be clicked nowhere", async () => {
  const page = await controls(MESSAGE);
  await published(page);
  page.querySelector("button.copy").click();
  await until(() => copied !== null);
  assert.match(copied, /login\[\.\]evil\[\.\]test/);
  for (const trace of [/hanako/i, /suzuki/i, /\u9234\u6728/, /https?:/i, /www\./, /@octocat/]) assert.doesNotMatch(copied, trace);
  await until(() => page.querySelector(".status").textContent === texts.get("popup_copied"));
});

test("it is seen before it is copied: a page with the mail quoted, and what the writer changed", async () => {
  const page = await controls(MESSAGE, "html");
  assert.ok(page.querySelector(".preview").hidden);
  const written = await published(page);
  assert.match(written.value, /^<!doctype html>/);
  assert.match(written.value, /<title>A look inside the email/);
  assert.match(written.value, /Your picture of the email goes here/);
  assert.match(written.value, /The email itself<\/h2>\s*<pre/);
  assert.match(written.value, /Shown as “\*\*\*”, because it may name whoever received the email/);
  assert.doesNotMatch(written.value, /To check it yourself|Your mail address/);
});

test("what is saved is the same, in the format that was chosen", async () => {
  const page = await controls(MESSAGE, "markdown");
  const blobs = [];
  const { createObjectURL } = URL;
  // The file is let go of a minute later: no test waits for that.
  const { setTimeout: later } = globalThis;
  globalThis.setTimeout = (act, delay, ...given) => (delay < 60_000 ? later(act, delay, ...given) : undefined);
  URL.createObjectURL = (blob) => String(blobs.push(blob));
  await published(page);
  page.querySelector("button.save").click();
  await until(() => blobs.length === 1);
  URL.createObjectURL = createObjectURL;
  globalThis.setTimeout = later;
  const text = await blobs[0].text();
  assert.match(text, /^# /);
  assert.doesNotMatch(text.replaceAll("\\", ""), /hanako|suzuki|https?:|@octocat/i);
});

test("a message that can be read no more is said to be so", async () => {
  const page = await controls(UNREADABLE);
  page.querySelector("button.publish").click();
  await until(() => page.querySelector(".status").textContent === texts.get("level_unchecked"));
  assert.ok(page.querySelector(".preview").hidden);
  assert.equal(copied, null);
});

test("a page that is printed has its texts masked", async () => {
  const { ask } = await import(new URL("shared/protocol.mjs", PACKAGE));
  const shown = ["Really leads to", "hanako[.]suzuki@example[.]jp", "/3/aGFuYWtvLnN1enVraUBleGFtcGxlLmpw", "hxxps://login[.]", "evil[.]test", "\u9234\u6728\u69D8"];
  assert.deepEqual(await ask("mask", { messageId: MESSAGE, texts: shown }), ["Really leads to", "***", "/3/***", "hxxps://login[.]", "evil[.]test", "***\u69D8"]);
});
