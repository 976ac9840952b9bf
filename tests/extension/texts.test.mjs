/** Words: filling, defanging, values by kind. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { PACKAGE, TOP, fetchFromPackage, thunderbird } from "./fakes.mjs";

fetchFromPackage();
thunderbird();

const { LANGUAGE_NAMES, LOCALES, Texts, cut, defang, localeOf, signKey, visible } = await import(new URL("shared/texts.mjs", PACKAGE));

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
  assert.equal(defang("http.example"), "http[.]example");
  assert.equal(defang("See https://a.example/x.php. It weighs 2.5 (192.0.2.1)."), "See hxxps://a[.]example/x[.]php. It weighs 2.5 (192.0.2.1).");
});

test("what the sender wrote stands in marks of its own, once, and cut", async () => {
  const placeholders = { n: { content: "$1" }, a: { content: "$2" }, c: { content: "$3" } };
  const messages = { ...(await read("en")), sign_a_b_summary: { message: "\u201C$N$\u201D is $A$ of $C$", placeholders } };
  const texts = new Texts("en", messages);
  const evidence = [
    { name: "name", kind: "text", value: `<b>$A$</b> ${"x".repeat(10_000)}` },
    { name: "address", kind: "address", value: "a@www.b.example", pieces: { before: "a@www.", domain: "b.example", after: "" } },
    { name: "country", kind: "country", value: "JP" },
  ];
  const pieces = texts.ofSign("summary", { id: "a.b", weight: 1, evidence });
  const text = pieces.map((piece) => piece.text).join("");
  assert.match(text, /^\u201C<b>\$A\$<\/b> x+\u2026x+\u201D is a@www\.b\.example of Japan$/);
  assert.ok(text.length < 160);
  assert.deepEqual(pieces.filter(({ isValue }) => isValue).map((piece) => piece.text.slice(0, 5)), ["<b>$A", "a@www", "Japan"]);
  assert.deepEqual(pieces.find(({ address }) => address)?.address, ["a@www.", "b.example", ""], "the domain to look at stands apart");
  // An address can be a whole sentence; then it is marked as what the sender wrote.
  const talking = { name: "address", kind: "address", value: "all is well@b.example", pieces: { before: "all is well@", domain: "b.example", after: "" } };
  assert.match(texts.ofSign("summary", { id: "a.b", weight: 1, evidence: [evidence[0], talking, evidence[2]] }).map(({ text }) => text).join(""), /is \u201Call is well@b\.example\u201D of/);
});

/** The evidence of each sign, by the first message of ours that has it. */
async function findings() {
  const { judge } = await import(new URL("shared/core.mjs", PACKAGE));
  const folder = new URL("tests/messages/", TOP);
  const beside = (name) => readFile(new URL(name, folder), "utf8").then(JSON.parse, () => ({}));
  const known = new Map();
  for (const name of (await readdir(folder, { recursive: true })).filter((one) => /\/fires\/.*\.eml$/.test(one)).sort()) {
    if (known.has(name.split("/")[0])) continue;
    const [context, answers] = await Promise.all(["context", "answers"].map((kind) => beside(name.replace(/eml$/, `${kind}.json`))));
    for (const { id, evidence } of (await judge(await readFile(new URL(name, folder)), context, answers)).signs) known.set(id, evidence);
  }
  return known;
}

test("every sign's summary, in every language, puts what the sender wrote in marks, and only once", async () => {
  const known = await findings();
  assert.ok(known.size > 70);
  for (const locale of LOCALES) {
    const texts = new Texts(locale, await read(locale));
    for (const [id, values] of known) {
      const evidence = values.map(({ name, kind }) => ({ name, kind, value: "ZZ" }));
      const text = texts.ofSign("summary", { id, weight: 1, evidence }).map((piece) => piece.text).join("");
      const foreign = values.filter(({ kind }) => ["text", "domain", "address", "url"].includes(kind)).map(({ name }) => name);
      const marked = [...text.matchAll(/[\u201C\u201E\u00AB\u2018\u300C\u300E]\s?ZZ\s?[\u201D\u201C\u00BB\u2019\u300D\u300F]/gu)].length;
      const all = [...text.matchAll(/ZZ/g)].length;
      if (values.every(({ name }) => foreign.includes(name))) assert.equal(marked, all, `${locale} ${id}: ${text}`);
      assert.doesNotMatch(text, /[\u201C\u201E\u00AB\u2018\u300C\u300E]\s?[\u201C\u201E\u00AB\u2018\u300C\u300E]|[\u201D\u00BB\u2019\u300D\u300F]\s?[\u201D\u00BB\u2019\u300D\u300F]/u, `${locale} ${id}: ${text}`);
    }
  }
});

test("characters without a shape are written out, long values cut in the middle", () => {
  assert.equal(visible("a\u202Eb\u0000c\u200B\u{E0041}\n"), "a\\u{202E}b\\u{0000}c\\u{200B}\\u{E0041}\\u{000A}");
  assert.equal(visible("目利き é 🙂 👩\u200D🚀"), "目利き é 🙂 👩\u200D🚀");
  assert.equal(cut("short"), "short");
  assert.equal([...cut("🙂".repeat(500))].length, 101);
});

test("language tags find their locale, others English", () => {
  assert.deepEqual(["ja-JP", "ja-JP-mac", "en-US", "xx", ""].map(localeOf), ["ja", "ja", "en", "en", "en"]);
  assert.deepEqual(["de-AT", "es-MX", "es-419", "pt-PT", "pt"].map(localeOf), ["de", "es", "es", "pt_BR", "pt_BR"]);
  assert.deepEqual(["zh-CN", "zh", "zh-SG", "zh-Hans-HK"].map(localeOf), Array(4).fill("zh_CN"));
  assert.deepEqual(["zh-TW", "zh-HK", "zh-MO", "zh-Hant"].map(localeOf), Array(4).fill("zh_TW"));
});

test("the list of locales is what stands in the folder, each with its name and a language tag", async () => {
  assert.deepEqual((await readdir(new URL("extension/_locales", TOP))).sort(), [...LOCALES].sort());
  for (const locale of LOCALES) {
    const { language } = new Texts(locale, await read(locale));
    assert.equal(localeOf(language), locale);
    assert.deepEqual(Intl.getCanonicalLocales(language), [language]);
    assert.ok(LANGUAGE_NAMES[locale].length > 1);
  }
});

test("values are shown by their kind", async () => {
  const texts = new Texts("ja", await read("ja"));
  assert.equal(texts.value("IN", "country"), "インド");
  assert.equal(texts.value("??", "country"), "??");
  assert.equal(texts.value("tuesday", "weekday"), "火曜日");
  assert.equal(texts.value("2023-06-12", "date"), "2023年6月12日");
  assert.equal(texts.value("a.example", "domain"), "a.example", "on the screen as it is");
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
    ...["proven", "yes", "not", "no", "unchecked"].flatMap((outcome) => [`vouched_${outcome}`, `vouched_${outcome}_short`]),
    ...["strong", "medium", "weak", "reassuring"].map((strength) => `strength_${strength}`),
    ...["text", "markdown", "html"].map((format) => `format_${format}`),
    ...["spf", "dkim", "dmarc"].map((method) => `question_${method}`),
    ...["foreign", "later", "many", "value"].map((problem) => `import_${problem}`),
  ];
  for (const locale of LOCALES) {
    const messages = await read(locale);
    assert.deepEqual([...used, ...made].filter((key) => !(key in messages)), [], locale);
  }
});

test("a sign's key is its id", () => {
  assert.equal(signKey("link.brand-in-url"), "sign_link_brand_in_url");
});
