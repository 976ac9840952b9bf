/** The dissection: everything from the mail stays text. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { parseHTML } from "linkedom";
import { PACKAGE, TOP, fetchFromPackage, message, thunderbird } from "./fakes.mjs";

fetchFromPackage();
thunderbird();
const { judge, details } = await import(new URL("shared/core.mjs", PACKAGE));
const { Texts } = await import(new URL("shared/texts.mjs", PACKAGE));
const { draw, asText } = await import(new URL("popup/view.mjs", PACKAGE));
const texts = new Texts("en", JSON.parse(await readFile(new URL("extension/_locales/en/messages.json", TOP), "utf8")));

async function drawn(raw) {
  const { document } = parseHTML("<main></main>");
  globalThis.document = document;
  const main = document.querySelector("main");
  const report = await judge(raw);
  draw(main, { state: "report", report, details: await details(), messageId: 1 }, texts);
  return { main, report };
}

test("the seed mail is dissected", async () => {
  const { main } = await drawn(await message("hostile/seed-kagoya-iso-2022-jp.eml"));
  assert.equal(main.dataset.level, "dangerous");
  for (const id of ["who", "signs", "links", "way", "authentication", "attachments", "headers"]) assert.ok(main.querySelector(`#${id}`), id);
  const signs = [...main.querySelectorAll("#signs [data-sign]")].map((item) => item.dataset.sign);
  for (const sign of ["sender.self-addressed", "path.forged-greeting", "path.no-reverse-name", "link.brand-mismatch", "text.recipient-in-subject"]) {
    assert.ok(signs.includes(sign), sign);
  }
  assert.match(main.querySelector("#links").textContent, /fablights\[\.\]in/);
  assert.match(main.querySelector("#way").textContent, /20\.210\.172\.29/);
  assert.equal(main.querySelectorAll("a[href]").length, 0);
  assert.ok(!main.textContent.includes("$"));
  // Every placeholder of every text has its value.
  assert.ok(!main.querySelector("#signs").textContent.includes("?"));
});

test("markup in every field stays text", async () => {
  const evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
  const raw = new TextEncoder().encode(
    [
      `Received: from ${evil} (unknown [20.210.172.29]) by mx.example.jp with ESMTP id 1; Sun, 11 Jun 2023 14:32:08 +0900`,
      `From: "${evil.replaceAll('"', "'")}" <a@example.net>`,
      `To: ${evil} <b@example.jp>`,
      `Subject: ${evil}`,
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: text/html; charset=utf-8",
      "",
      `<a href="https://example.org/?${evil.replaceAll('"', "'")}">&lt;b&gt;${"x".repeat(10)}</a>`,
      "--b",
      `Content-Type: application/pdf; name="${evil.replaceAll('"', "'")}"`,
      "",
      "x",
      "--b--",
      "",
    ].join("\r\n"),
  );
  const { main } = await drawn(raw);
  assert.equal(main.querySelectorAll("img, script, b b").length, 0);
  assert.match(main.textContent, /<script>/);
});

test("the copied text masks the recipient and cannot be clicked", async () => {
  const { report } = await drawn(await message("hostile/seed-kagoya-iso-2022-jp.eml"));
  const text = asText(report, texts, await details());
  assert.ok(!text.includes("info@example"));
  assert.ok(!text.includes("https://"));
  assert.match(text, /fablights\[\.\]in/);
});

test("could not be checked and no message are states of their own", () => {
  const { document } = parseHTML("<main></main>");
  globalThis.document = document;
  const main = document.querySelector("main");
  draw(main, { state: "failed", cause: "unreadable", reason: "<b>offline</b>", messageId: 1 }, texts);
  assert.equal(main.dataset.level, "unchecked");
  assert.equal(main.querySelectorAll("b").length, 0);
  assert.match(main.textContent, /could not be checked.*<b>offline/s);
  draw(main, { state: "no-message" }, texts);
  assert.equal(main.dataset.state, "no-message");
});
