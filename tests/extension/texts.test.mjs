/** Words: filling, defanging, values by kind. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { PACKAGE, TOP } from "./fakes.mjs";

const { LOCALES, Texts, defang, localeOf, signKey } = await import(new URL("shared/texts.mjs", PACKAGE));

const read = async (locale) => JSON.parse(await readFile(new URL(`extension/_locales/${locale}/messages.json`, TOP), "utf8"));

test("placeholders are filled by position, and a value is never read again", () => {
  const texts = new Texts("en", { key: { message: "$B$ then $A$", placeholders: { a: { content: "$1" }, b: { content: "$2" } } } });
  assert.equal(texts.get("key", ["one", "$A$ $1"]), "$A$ $1 then one");
  assert.equal(texts.get("key"), "? then ?");
  assert.equal(texts.get("unknown"), "unknown");
});

test("addresses cannot be clicked", () => {
  assert.equal(defang("https://www.example.com/a"), "hxxps://www[.]example[.]com/a");
  assert.equal(defang("HTTP://example.com"), "hxxp://example[.]com");
  assert.equal(defang("taro@example.jp"), "taro@example[.]jp");
});

test("language tags find their locale, others English", () => {
  assert.deepEqual(["ja-JP", "en-US", "xx", ""].map(localeOf), ["ja", "en", "en", "en"]);
});

test("values are shown by their kind", async () => {
  const texts = new Texts("ja", await read("ja"));
  assert.equal(texts.value("IN", "country"), "インド");
  assert.equal(texts.value("??", "country"), "??");
  assert.equal(texts.value("tuesday", "weekday"), "火曜日");
  assert.equal(texts.value("2023-06-12", "date"), "2023年6月12日");
  assert.equal(texts.value("a.example", "domain"), "a[.]example");
  assert.equal(texts.value(undefined, "text"), "?");
});

test("every locale is in the package and every key the modules use is there", async () => {
  const names = await readdir(PACKAGE, { recursive: true });
  const sources = await Promise.all(names.filter((name) => name.endsWith(".mjs")).map((name) => readFile(new URL(name, PACKAGE), "utf8")));
  const used = new Set(sources.flatMap((source) => [...source.matchAll(/texts\.get\("([a-z_]+)"|key: "([a-z_]+)"|(?<!classList\.)\badd\("([a-z_]+)"/g)].map(([, ...keys]) => keys.find(Boolean))));
  assert.ok(used.size > 60);
  const acts = ["junk", "trash", "tag"].flatMap((act) => [`act_${act}`, ...["asks", "done", "failed", "refused"].map((outcome) => `${act}_${outcome}`)]);
  const made = [
    ...acts, "junk_marked",
    ...["none", "notice", "suspicious", "dangerous", "unchecked"].map((level) => `level_${level}`),
    ...["yes", "no", "unchecked"].flatMap((outcome) => [`vouched_${outcome}`, `vouched_${outcome}_short`]),
    ...["text", "markdown", "html"].map((format) => `format_${format}`),
    ...["spf", "dkim", "dmarc"].map((method) => `question_${method}`),
  ];
  for (const locale of LOCALES) {
    const messages = await read(locale);
    assert.deepEqual([...used, ...made].filter((key) => !(key in messages)), [], locale);
  }
});

test("a sign's key is its id", () => {
  assert.equal(signKey("link.brand-in-url"), "sign_link_brand_in_url");
});
