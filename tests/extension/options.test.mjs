/** The page of settings, the settings as a file, and what a change has done. */
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { before, beforeEach, test } from "node:test";
import { parseHTML } from "linkedom";
import { PACKAGE, TOP, fetchFromPackage, message, thunderbird, until } from "./fakes.mjs";

const SUSPICIOUS = 1;
const DANGEROUS = 2;
const TO_OWN_HOUSE = 3;
const TAB = 10;
const store = new Map();

let world;
let drawSettings;
let file;
let settings;
let loadTexts;
let LANGUAGE_NAMES;
let LOCALES;
const { Event } = parseHTML("");

before(async () => {
  fetchFromPackage();
  world = thunderbird({ raw: async (id) => store.get(id) });
  store.set(SUSPICIOUS, await suspicious());
  store.set(DANGEROUS, await message("hostile/seed-kagoya-utf-8-html.eml"));
  // A domain that looks like the reader's own, which no header of the message tells.
  store.set(
    TO_OWN_HOUSE,
    new TextEncoder().encode(
      [
        "Received: from a.exarnple-works.test (a.exarnple-works.test [192.0.2.1]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900",
        "From: A <a@example.net>", "To: undisclosed-recipients:;", "Date: Sun, 11 Jun 2023 14:32:08 +0900", "Message-ID: <1@example.net>", "Subject: x",
        "Content-Type: text/html", "", '<p>See <a href="https://login.exarnple-works.test/">this page</a>.',
      ].join("\r\n"),
    ),
  );
  await import(new URL("background/main.mjs", PACKAGE));
  globalThis.document = parseHTML("").document;
  ({ drawSettings } = await import(new URL("options/view.mjs", PACKAGE)));
  file = await import(new URL("shared/settings-file.mjs", PACKAGE));
  settings = await import(new URL("shared/settings.mjs", PACKAGE));
  ({ LANGUAGE_NAMES, LOCALES, loadTexts } = await import(new URL("shared/texts.mjs", PACKAGE)));
});

beforeEach(async () => {
  world.allowed.clear();
  await messenger.storage.local.set({ settings: {} });
});

/** A message of ours that is judged so. */
async function suspicious() {
  const { judge } = await import(new URL("shared/core.mjs", PACKAGE));
  const names = (await readdir(new URL("tests/messages/", TOP), { recursive: true })).filter((name) => /^link.*fires\/.*\.eml$/.test(name)).sort();
  for (const name of names) {
    const raw = await message(name);
    if ((await judge(raw)).level === "suspicious") return raw;
  }
  throw new Error("no message is suspicious");
}

/** The page, drawn of the settings in force; what it changes is saved as the real page does. */
async function page(language = "en") {
  const { document } = parseHTML("<main></main>");
  const background = globalThis.document;
  globalThis.document = document;
  const change = async (changes) => world.ask({ kind: "settings-change", changes: changes(await settings.loadSettings()) });
  const main = document.querySelector("main");
  main.append(...drawSettings({ settings: await settings.loadSettings(), policy: await world.ask({ kind: "policy-ask" }), texts: await loadTexts(language), change, redraw: async () => {} }));
  await until(() => main.querySelector("#own button"));
  return { main, done: () => (globalThis.document = background) };
}

const entriesOf = (main, id) => [...main.querySelectorAll(`#${id} .entries bdi`)].map((entry) => entry.textContent);

async function add(main, id, text) {
  main.querySelector(`#${id} .entry`).value = text;
  main.querySelector(`#${id} .status`).textContent = "";
  main.querySelector(`#${id} form`).dispatchEvent(new Event("submit", { cancelable: true }));
  await until(() => main.querySelector(`#${id} .status`).textContent);
}

const banner = (id) => {
  world.shown.set(TAB, [id]);
  return world.ask({ kind: "banner-ask" }, TAB);
};

/** The page that getComputedStyle and the banner's styles are of. */
const asBackground = async (work) => {
  const before = globalThis.document;
  globalThis.document = { documentElement: {} };
  try {
    return await work();
  } finally {
    globalThis.document = before;
  }
};

test("every word of the page is there in every language, everything to press has a name", async () => {
  await messenger.storage.local.set({ settings: { trustedDomains: ["example.com"] } });
  for (const language of LOCALES) {
    const { main, done } = await page(language);
    assert.deepEqual([...main.querySelectorAll("#language-choice option[lang]")].map((option) => option.textContent), Object.values(LANGUAGE_NAMES));
    assert.doesNotMatch(main.textContent, /options_|import_|\$|\?/);
    for (const node of main.querySelectorAll("input, select, button")) {
      assert.ok(node.getAttribute("aria-label") || node.textContent || main.querySelector(`label[for="${node.id}"]`), node.localName);
    }
    for (const node of main.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
      for (const name of ["aria-labelledby", "aria-describedby"]) if (node.hasAttribute(name)) assert.ok(main.querySelector(`#${node.getAttribute(name)}`));
    }
    done();
  }
});

test("entries are added as they are read, and removed; what is none is told", async () => {
  const { main, done } = await page();
  await add(main, "trustedDomains", "<b>example.com");
  assert.match(main.querySelector("#trustedDomains .status.wrong").textContent, /no address or domain/);
  assert.equal(main.querySelector("#trustedDomains .entry").getAttribute("aria-invalid"), "true");
  for (const entry of [" Example.com ", "a@example.net", "example.com"]) await add(main, "trustedDomains", entry);
  assert.deepEqual(entriesOf(main, "trustedDomains"), ["example.com", "a@example.net"]);
  assert.deepEqual(world.stored.settings.trustedDomains, ["example.com", "a@example.net"]);
  main.querySelector("#trustedDomains button.remove").click();
  await until(() => entriesOf(main, "trustedDomains").length === 1);
  assert.deepEqual(world.stored.settings.trustedDomains, ["a@example.net"]);
  await add(main, "reportTo", "example.com");
  assert.match(main.querySelector("#reportTo .status.wrong").textContent, /no mail address/);
  await add(main, "reportTo", "abuse@example.com");
  assert.deepEqual(world.stored.settings.reportTo, ["abuse@example.com"]);
  done();
});

test("a list that is full says so and keeps what it has", async () => {
  const full = Array.from({ length: settings.MOST }, (_, at) => `d${at}.example`);
  await messenger.storage.local.set({ settings: { trustedDomains: full } });
  const { main, done } = await page();
  await add(main, "trustedDomains", "one.more.example");
  assert.match(main.querySelector("#trustedDomains .status.wrong").textContent, /full: 1000/);
  assert.deepEqual(world.stored.settings.trustedDomains, full);
  done();
});

test("own addresses are asked for by a click, shown, and given back", async () => {
  const { main, done } = await page();
  world.allows = () => false;
  main.querySelector("#own button.allow").click();
  await until(() => /works without/.test(main.querySelector("#own .status").textContent));
  assert.equal(world.allowed.size, 0);
  world.allows = () => true;
  main.querySelector("#own button.allow").click();
  await until(() => main.querySelector("#own button.forbid"));
  assert.deepEqual(entriesOf(main, "own"), ["reader@example.jp", "Ichiro Suzuki"]);
  main.querySelector("#own button.forbid").click();
  await until(() => main.querySelector("#own button.allow"));
  assert.deepEqual([...world.allowed], []);
  done();
});

test("own addresses, once allowed, are what mail is judged by; withdrawn, no longer", async () => {
  world.identities = ["Reader@example-works.test"];
  const signs = async () => (await world.ask({ kind: "dissection-of", messageId: TO_OWN_HOUSE })).report.signs.map(({ id }) => id);
  assert.ok(!(await signs()).includes("link.lookalike-domain"));
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  assert.ok((await signs()).includes("link.lookalike-domain"));
  await messenger.permissions.remove({ permissions: ["accountsRead"] });
  assert.ok(!(await signs()).includes("link.lookalike-domain"));
});

test("accounts that cannot be read keep no mail from being judged", async () => {
  world.allowed.add("accountsRead");
  world.identities = null;
  assert.equal((await world.ask({ kind: "dissection-of", messageId: DANGEROUS })).state, "report");
  world.identities = ["reader@example.jp"];
});

test("the banner is raised from the level on that was chosen", async () => {
  await asBackground(async () => {
    assert.equal((await banner(SUSPICIOUS)).level, "suspicious");
    await world.ask({ kind: "settings-change", changes: { bannerFrom: "dangerous" } });
    assert.equal(await banner(SUSPICIOUS), null);
    assert.equal((await banner(DANGEROUS)).level, "dangerous");
  });
});

test("the language that was chosen is that of the banner, the button and the menus", async () => {
  world.shown.set(TAB, [DANGEROUS]);
  await world.ask({ kind: "settings-change", changes: { language: "ja" } });
  const content = await asBackground(() => banner(DANGEROUS));
  assert.equal(content.language, "ja");
  assert.match(content.sentence, /偽物/);
  await until(() => /解剖/.test(world.titles.get("dissect")) && /偽物/.test(world.buttons.get(TAB)?.title));
  assert.equal(world.titles.size, 5);
});

test("what was saved as a file is read as what it was", () => {
  const some = {
    ...{ trustedDomains: ["example.com", "a@example.net"], blockedSenders: ["b@example.net"], ownDomains: ["example.org"] },
    ...{ ownBrands: [{ names: ["Loremipsum Payroll"], domains: ["loremipsum.example"] }], sensitivity: "quiet" },
    reportTo: ["abuse@example.net"], holdLinks: true, holdSuspicious: true, bannerFrom: "dangerous", tagArrivals: true, notifyArrivals: true, language: "ja",
    resolver: "https://dns.example/dns-query", registry: "https://rdap.example/", blockLists: ["dbl.example"], proveShown: true,
  };
  assert.deepEqual(Object.keys(some).sort(), Object.keys(settings.DEFAULTS).sort());
  assert.deepEqual(file.readSettings(file.writtenSettings(some)), { settings: some });
  assert.deepEqual(file.readSettings('{ "kind": "mekiki-settings", "version": 1, "holdLinks": true, "unknown": 1 }'), { settings: { holdLinks: true } });
});

test("a file that is broken anywhere is refused, and names what is wrong", () => {
  const problemOf = (text) => file.readSettings(text).problem;
  for (const text of ["", "{", "null", "1", "[]", "{}", '{ "kind": "mekiki-settings" }', '{ "kind": "other", "version": 1 }', '{ "kind": "mekiki-settings", "version": "1" }']) {
    assert.deepEqual(problemOf(text), { key: "import_foreign", values: [] }, text);
  }
  const withSettings = (changes) => problemOf(JSON.stringify({ kind: "mekiki-settings", version: 1, ...changes }));
  assert.equal(withSettings({ version: 2 }).key, "import_later");
  assert.deepEqual(withSettings({ holdLinks: 1 }), { key: "import_value", values: ["holdLinks", "1"] });
  assert.deepEqual(withSettings({ language: "xx\u202E" }), { key: "import_value", values: ["language", '"xx\\u{202E}"'] });
  for (const resolver of ["http://dns.example/", "https://", "https://a:b@dns.example/", "dns.example", `https://dns.example/${"x".repeat(500)}`, 1]) {
    assert.equal(withSettings({ resolver }).values[0], "resolver");
  }
  assert.deepEqual(withSettings({ trustedDomains: ["example.com", "no domain"] }).values, ["trustedDomains", '"no domain"']);
  assert.deepEqual(withSettings({ trustedDomains: ["example.com", [[]]] }).values, ["trustedDomains", "[[]]"]);
  assert.equal(withSettings({ reportTo: "a@example.com" }).key, "import_value");
  assert.equal(withSettings({ sensitivity: "loud" }).key, "import_value");
  const brand = { names: ["Loremipsum"], domains: ["loremipsum.example"] };
  for (const broken of [1, null, {}, { ...brand, names: [] }, { ...brand, names: ["x"] }, { ...brand, domains: ["no domain"] }, { ...brand, names: "Loremipsum" }]) {
    assert.deepEqual(withSettings({ ownBrands: [brand, broken] }), { key: "import_value", values: ["ownBrands", JSON.stringify(broken).slice(0, 100)] });
  }
  assert.deepEqual(withSettings({ ownBrands: Array(101).fill(brand) }), { key: "import_many", values: ["ownBrands", "100"] });
  assert.deepEqual(withSettings({ blockLists: Array(11).fill("dbl.example") }), { key: "import_many", values: ["blockLists", "10"] });
  assert.deepEqual(withSettings({ reportTo: Array(1_001).fill("a@example.com") }), { key: "import_many", values: ["reportTo", "1000"] });
});

test("a file is taken in by the page, or changes nothing", async () => {
  const { main, done } = await page();
  const choose = async (text) => {
    const field = main.querySelector("#import");
    Object.defineProperty(field, "files", { value: [new File([text], "x.json")], configurable: true });
    main.querySelector("#file .status").textContent = "";
    field.dispatchEvent(new Event("change"));
    return until(() => main.querySelector("#file .status").textContent);
  };
  const before = structuredClone(world.stored.settings);
  assert.match(await choose('{ "kind": "mekiki-settings", "version": 1, "holdLinks": true, "reportTo": ["x"] }'), /reportTo.*"x" Nothing was changed/);
  assert.match(await choose(" ".repeat(file.LARGEST + 1)), /no file of Mekiki.*Nothing was changed/);
  assert.deepEqual(world.stored.settings, before);
  assert.match(await choose('{ "kind": "mekiki-settings", "version": 1, "holdLinks": true }'), /in force now/);
  assert.equal(world.stored.settings.holdLinks, true);
  done();
});

test("what is done with new mail is switched on by what it needs, and off again", async () => {
  const { main, done } = await page();
  const press = async (id, isChecked) => {
    main.querySelector("#arrival .status").textContent = "";
    main.querySelector(`#${id}`).checked = isChecked;
    main.querySelector(`#${id}`).dispatchEvent(new Event("change"));
    return until(() => main.querySelector("#arrival .status").textContent);
  };
  world.allows = () => false;
  assert.match(await press("tagArrivals", true), /Not switched on/);
  assert.deepEqual([main.querySelector("#tagArrivals").checked, world.stored.settings.tagArrivals], [false, false]);
  world.allows = () => true;
  world.seesFolders = false;
  world.done.length = 0;
  assert.match(await press("notifyArrivals", true), /Switched on/);
  assert.deepEqual([...world.allowed].sort(), ["accountsRead", "notifications"]);
  assert.deepEqual([world.stored.settings.notifyArrivals, world.stored.settings.tagArrivals], [true, false]);
  // Thunderbird tells of new mail from the add-on's next start on.
  await until(() => world.done.some(([name]) => name === "reload"));
  world.seesFolders = true;
  assert.match(await press("notifyArrivals", false), /Switched off/);
  assert.equal(world.stored.settings.notifyArrivals, false);
  done();
});

test("what is no longer allowed is shown as off", async () => {
  await messenger.storage.local.set({ settings: { tagArrivals: true } });
  const shown = async () => {
    const { main, done } = await page();
    await new Promise((resolve) => setTimeout(resolve, 5));
    done();
    return main.querySelector("#tagArrivals").checked;
  };
  assert.equal(await shown(), false);
  await messenger.permissions.request({ permissions: ["accountsRead", "messagesUpdate", "messagesTags"] });
  assert.equal(await shown(), true);
});
test("contacts are asked for by a click and given back", async () => {
  const { main, done } = await page();
  main.querySelector("#contacts button.allow").click();
  await until(() => main.querySelector("#contacts button.forbid"));
  assert.deepEqual([...world.allowed], ["addressBooks"]);
  main.querySelector("#contacts button.forbid").click();
  await until(() => main.querySelector("#contacts button.allow"));
  assert.deepEqual([...world.allowed], []);
  done();
});

test("how early to warn is chosen, and changes the outcome", async () => {
  const { main, done } = await page();
  assert.equal(main.querySelector("#sensitivity-normal").checked, true);
  main.querySelector("#sensitivity-quiet").dispatchEvent(new Event("change"));
  await until(() => world.stored.settings.sensitivity === "quiet");
  const { report } = await world.ask({ kind: "dissection-of", messageId: SUSPICIOUS });
  assert.equal(report.level, report.score >= 1.5 ? "suspicious" : "notice");
  done();
});

test("a brand of one's own is added by names and domains, judged by, and removed", async () => {
  const { main, done } = await page();
  const submit = async (names, domains) => {
    main.querySelector("#brand-names").value = names;
    main.querySelector("#brand-domains").value = domains;
    main.querySelector("#ownBrands .status").textContent = "";
    main.querySelector("#ownBrands form").dispatchEvent(new Event("submit", { cancelable: true }));
    await until(() => main.querySelector("#ownBrands .status").textContent);
  };
  await submit("Loremipsum Payroll", "no domain");
  assert.match(main.querySelector("#ownBrands .status.wrong").textContent, /at least one name/);
  await submit("Loremipsum Payroll, \u30ED\u30EC\u30E0\u7D66\u4E0E", "Loremipsum.example\u3001pay.test");
  assert.deepEqual(world.stored.settings.ownBrands, [
    { names: ["Loremipsum Payroll", "\u30ED\u30EC\u30E0\u7D66\u4E0E"], domains: ["loremipsum.example", "pay.test"] },
  ]);
  store.set(20, mail({ from: "Loremipsum Payroll <a@example.net>" }));
  assert.equal((await world.ask({ kind: "dissection-of", messageId: 20 })).report.claim, "Loremipsum Payroll");
  main.querySelector("#ownBrands button.remove").click();
  await until(() => world.stored.settings.ownBrands.length === 0);
  assert.equal((await world.ask({ kind: "dissection-of", messageId: 20 })).report.claim, null);
  done();
});

test("a blocked sender's mail has a banner that says so, and the dissection tells it", async () => {
  store.set(21, mail({ from: "A <a@news.example.net>" }));
  assert.equal(await asBackground(() => banner(21)), null);
  await world.ask({ kind: "settings-change", changes: { blockedSenders: ["example.net"] } });
  const content = await asBackground(() => banner(21));
  assert.deepEqual([content.level, content.sentence, content.evidence], ["suspicious", "You blocked this sender (example.net)", []]);
  const dissection = await world.ask({ kind: "block", messageId: 21, isBlocked: false });
  assert.equal(dissection.blocked, null);
  assert.deepEqual(world.stored.settings.blockedSenders, []);
  assert.equal(await asBackground(() => banner(21)), null);
});

test("blocking binds to what authenticated; nobody else is blocked in a forger's place", async () => {
  const vouched = "Authentication-Results: mx.example.jp; dkim=pass header.d=example.net";
  store.set(22, mail({ from: "A <a@news.example.net>", above: [vouched] }));
  store.set(23, mail({ from: "A <a@news.example.net>" }));
  assert.equal((await world.ask({ kind: "block", messageId: 22, isBlocked: true })).blocked, "example.net");
  await world.ask({ kind: "block", messageId: 22, isBlocked: false });
  assert.equal((await world.ask({ kind: "block", messageId: 23, isBlocked: true })).blocked, null);
  assert.deepEqual(world.stored.settings.blockedSenders, []);
});

test("what was learned of receiving hosts is shown, corrected, and forgotten", async () => {
  // What the messages of other tests have taught is written down by then.
  await world.ask({ kind: "receiver-correct", host: "example.jp", use: "forgotten" });
  const seen = Array.from({ length: 10 }, (_, at) => [at, "above", "mx.example.jp"]);
  await messenger.storage.local.set({ receivers: [{ host: "example.jp", seen, use: "seen" }, { host: "example.org", seen: [[1, "none", ""]], use: "seen" }] });
  const { main, done } = await page();
  await until(() => main.querySelectorAll("#receivers li").length === 2);
  assert.match(main.querySelector("#receivers li").textContent, /example\.jp.*Writes its checks as mx\.example\.jp, by the last 10 mails/);
  assert.match(main.querySelectorAll("#receivers li")[1].textContent, /Too little mail seen yet \(1\)/);
  const select = main.querySelector("#receivers select");
  Object.defineProperty(select, "value", { value: "none" });
  select.dispatchEvent(new Event("change"));
  await until(() => world.stored.receivers.find(({ host }) => host === "example.jp").use === "none");
  main.querySelector("#receivers button.remove").click();
  await until(() => main.querySelectorAll("#receivers li").length === 1);
  assert.deepEqual(world.stored.receivers.map(({ host }) => host), ["example.org"]);
  done();
  delete world.stored.receivers;
});

/** A message of few words. */
function mail({ from, above = [] }) {
  const lines = [
    ...above, "Received: from a.example.net (a.example.net [192.0.2.1]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900",
    `From: ${from}`, "To: reader@example.jp", "Date: Sun, 11 Jun 2023 14:32:08 +0900", "Message-ID: <1@example.net>", "Subject: Hello", "", "Hello.",
  ];
  return new TextEncoder().encode(lines.join("\r\n"));
}
