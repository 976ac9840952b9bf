/** The background page against the real module: what the button shows, what the banner and the popup are told. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, beforeEach, test } from "node:test";
import { MAIL, PACKAGE, PAGE, TOP, fetchFromPackage, message, thunderbird, until } from "./fakes.mjs";

const SEED = 1;
const HONEST = 2;
const UNREADABLE = 3;
const TAB = 10;

/** @type {Map<number, Uint8Array>} */
const store = new Map();
/** Lets a test hold back the source of a message. */
let hold = async () => {};
let world;

before(async () => {
  fetchFromPackage();
  store.set(SEED, await message("hostile/seed-kagoya-utf-8-html.eml"));
  store.set(HONEST, await message("honest/kagoya-notice.eml"));
  world = thunderbird({
    raw: async (id) => {
      await hold(id);
      const raw = store.get(id);
      if (!raw) throw new Error("Message not downloaded");
      return raw;
    },
  });
  await import(new URL("background/main.mjs", PACKAGE));
});

beforeEach(() => {
  hold = async () => {};
});

test("the banner's script is registered once", async () => {
  await until(() => world.registered.length === 1);
  assert.deepEqual(world.registered.map(({ id }) => id), ["banner"]);
  // Each file leans on those before it; the last one starts.
  assert.deepEqual(world.registered[0].js, ["frames", "face", "hold", "links", "banner"].map((name) => `banner/${name}.js`));
});

test("the button tells the level of what is shown", async () => {
  world.show(TAB, SEED);
  await until(() => world.buttons.get(TAB)?.icon === "icons/dangerous.svg" && /^Mekiki: .*fake/.test(world.buttons.get(TAB).title));
  assert.equal(world.buttons.get(TAB).badge, "!!");
  world.show(TAB, HONEST);
  await until(() => world.buttons.get(TAB).icon === "icons/none.svg");
  assert.equal(world.buttons.get(TAB).badge, "");
});

test("the banner gets finished words: who it is from, where it leads, what it wants", async () => {
  world.shown.set(TAB, [SEED]);
  const content = await world.ask({ kind: "banner-ask" }, TAB);
  assert.equal(content.level, "dangerous");
  assert.deepEqual(content.evidence.map(({ slot }) => slot), ["sender", "leads", "wants"]);
  assert.ok(content.evidence[1].pieces.some(({ address }) => address?.[1] === "fablights.in"), "the domain to look at stands apart");
  for (const { sign, pieces } of content.evidence) {
    assert.ok(sign.includes("."));
    const text = pieces.map((piece) => piece.text).join("");
    assert.ok(!text.includes("$") && !text.includes("?"), text);
    assert.ok(pieces.some(({ isValue }) => isValue));
  }
  assert.equal(content.holdsLinks, true, "links of a dangerous mail are held back, unless the user chose otherwise");
  assert.deepEqual([content.junk, content.genuine, content.details], ["Move to Spam", "It’s genuine…", "Details"]);
  assert.deepEqual([content.language, content.direction], ["en", "ltr"]);
  assert.equal(world.styles.at(-1).origin, "USER");
  assert.equal(world.styles.at(-1).target.tabId, TAB);
});

test("the banner's styles take the root element back whole, but for its text, its colours and the banner's room", async () => {
  world.shown.set(TAB, [SEED]);
  await world.ask({ kind: "banner-ask" }, TAB);
  const { css } = world.styles.at(-1);
  assert.match(css, /^html \{ display: revert !important; opacity: revert !important; rotate: revert !important; \}\n/);
  assert.match(css, /html > div\[data-mekiki\] \{\n {2}all: initial !important;/);
});

test("a tab that never tells what it displays is asked what is selected in it", async () => {
  world.shown.set(TAB, [SEED]);
  world.stalled.add(TAB);
  const content = await world.ask({ kind: "banner-ask" }, TAB);
  world.stalled.delete(TAB);
  assert.equal(content.level, "dangerous");
});

test("a message that Thunderbird tells nothing of is told as such", async () => {
  world.shown.set(TAB, [SEED]);
  assert.equal(await world.ask({ kind: "banner-overdue" }, TAB), null, "what is only slow is no such message");
  world.stalled.add(TAB);
  world.undescribed.add(TAB);
  const [content, dissection] = await Promise.all([world.ask({ kind: "banner-overdue" }, TAB), world.ask({ kind: "dissection-ask", tabId: TAB })]);
  world.stalled.delete(TAB);
  world.undescribed.delete(TAB);
  assert.equal(content.level, "suspicious");
  assert.match(content.sentence, /could not be checked.*Thunderbird itself fails/);
  assert.deepEqual(content.evidence, []);
  assert.deepEqual([dissection.state, dissection.cause], ["failed", "undescribed"]);
  assert.equal(world.buttons.get(TAB).icon, "icons/unchecked.svg");
});

test("a link that was held back is told by the domain it really leads to", async () => {
  world.shown.set(TAB, [SEED]);
  const told = async (url) => (await world.ask({ kind: "link-ask", url }, TAB)).target;
  const [before, domain, after] = await told("https://fablights.in/Activemail-ne-jp/kagoya/index.php");
  assert.deepEqual([before, domain], ["https://", "fablights.in"]);
  assert.equal(after, "/Activemail-ne-jp/kagoya/index.php");
  // Not a link of the message's source, and a name before the host that is somebody else's.
  assert.deepEqual(await told("https://bank.example@evil.example:8443/a?b=c@d"), ["https://bank.example@", "evil.example", ":8443/a?b=c@d"]);
  assert.deepEqual(await told("mailto:help@evil.example?subject=x"), ["mailto:help@", "evil.example", "?subject=x"]);
  assert.deepEqual(await told("tel:+81312345678"), ["tel:+81312345678", "", ""]);
  assert.deepEqual(await told("javascript:\u202Ealert"), ["javascript:%E2%80%AEalert", "", ""]);
  const long = (await told(`https://evil.example/${"a".repeat(10_000)}`)).join("");
  assert.ok(long.length < 200 && long.includes("…"));
});

test("a link that was held back is told not to be the brand's that the mail speaks for", async () => {
  world.shown.set(TAB, [SEED]);
  const told = async (url) => (await world.ask({ kind: "link-ask", url }, TAB)).not;
  assert.equal(await told("https://fablights.in/Activemail-ne-jp/kagoya/index.php"), "This is not KAGOYA’s site.");
  assert.equal(await told("https://www.kagoya.jp/"), "");
  assert.equal(await told("https://nowhere.example/"), "", "of what the mail does not link to nothing is said");
});

test("what the banner's buttons need is asked for in a page", async () => {
  world.shown.set(TAB, [SEED]);
  world.created.length = 0;
  await world.ask({ kind: "banner-genuine" }, TAB);
  await world.ask({ kind: "banner-junk" }, TAB);
  assert.deepEqual(world.created.map((url) => url.slice(url.indexOf("report/"))), [`report/report.html?message=${SEED}&wish=genuine`, `report/report.html?message=${SEED}&wish=junk`]);
  world.created.length = 0;
});

test("a held link that is led on is told by both ends", async () => {
  const { target, through } = await world.ask({ kind: "link-ask", url: "https://www.google.com/url?q=https://login.evil.example/x" }, TAB);
  assert.deepEqual(target, ["https://login.", "evil.example", "/x"]);
  assert.match(through, /www\.google\.com/);
  assert.equal((await world.ask({ kind: "link-ask", url: "https://evil.example/" }, TAB)).through, "");
});

test("a held link of the web opens when the reader says so, and nothing else does", async () => {
  for (const url of ["https://evil.example/", "HTTP:evil.example", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@evil.example", "about:config", "/x", ""]) {
    await world.ask({ kind: "link-open", url }, TAB);
  }
  assert.deepEqual(world.opened, ["https://evil.example/", "HTTP:evil.example"]);
});

test("honest mail has no banner and nothing is put into its page", async () => {
  const styles = world.styles.length;
  world.shown.set(TAB, [HONEST]);
  assert.equal(await world.ask({ kind: "banner-ask" }, TAB), null);
  assert.equal(world.styles.length, styles);
});

test("several messages, none, or a tab that is gone: nothing, and no error", async () => {
  for (const ids of [[SEED, HONEST], []]) {
    world.show(TAB, ...ids);
    assert.equal(await world.ask({ kind: "banner-ask" }, TAB), null);
    assert.deepEqual(await world.ask({ kind: "dissection-ask", tabId: TAB }), { state: "no-message" });
  }
  assert.equal(await world.ask({ kind: "banner-ask" }, 999), null);
});

test("a banner is never given for a message that was left meanwhile", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const fresh = 4;
  store.set(fresh, store.get(SEED));
  hold = (id) => (id === fresh ? held : Promise.resolve());
  world.shown.set(TAB, [fresh]);
  const asked = world.ask({ kind: "banner-ask" }, TAB);
  await new Promise((resolve) => setTimeout(resolve, 10));
  world.shown.set(TAB, [HONEST]);
  release();
  assert.equal(await asked, null);
});

test("a late verdict does not overwrite the button of the next message", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const fresh = 5;
  store.set(fresh, store.get(SEED));
  hold = (id) => (id === fresh ? held : Promise.resolve());
  world.show(TAB, fresh);
  world.show(TAB, HONEST);
  await until(() => world.buttons.get(TAB)?.icon === "icons/none.svg");
  release();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(world.buttons.get(TAB).icon, "icons/none.svg");
});

test("what cannot be read is told as such, with the reason, and tried again", async () => {
  world.show(TAB, UNREADABLE);
  await until(() => world.buttons.get(TAB)?.icon === "icons/unchecked.svg");
  assert.equal(world.buttons.get(TAB).badge, "×");
  const dissection = await world.ask({ kind: "dissection-ask", tabId: TAB });
  assert.deepEqual([dissection.state, dissection.cause, dissection.reason], ["failed", "unreadable", "Message not downloaded"]);
  // The banner comes once there is a source, and the button with it.
  const asked = world.ask({ kind: "banner-ask" }, TAB);
  await new Promise((resolve) => setTimeout(resolve, 300));
  store.set(UNREADABLE, store.get(SEED));
  assert.equal((await asked).level, "dangerous");
  assert.equal((await world.ask({ kind: "dissection-ask", tabId: TAB })).state, "report");
  await until(() => world.buttons.get(TAB)?.icon === "icons/dangerous.svg");
});

test("of a message that is being fetched nothing is said that is not known yet", async () => {
  const tab = TAB + 5;
  world.show(tab, SEED);
  await until(() => world.buttons.get(tab)?.icon === "icons/dangerous.svg" && world.buttons.get(tab).title);
  world.stalled.add(tab);
  world.undescribed.add(tab);
  world.loading.add(tab);
  const slow = 8;
  store.set(slow, store.get(HONEST));
  world.shown.set(tab, [slow]);
  world.onSelected.fire({ id: tab }, { messages: [{ id: slow }] });
  await until(() => world.buttons.get(tab).icon === "icons/fetching.svg" && /^Mekiki: Being fetched/.test(world.buttons.get(tab).title));
  assert.equal(world.buttons.get(tab).badge, "");
  const asked = world.ask({ kind: "dissection-ask", tabId: tab });
  assert.equal(await world.ask({ kind: "fetched-ask", tabId: tab }), false);
  assert.equal(await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 9_000, "nothing yet"))]), "nothing yet");
  world.loading.delete(tab);
  assert.equal((await asked).cause, "undescribed", "its page is complete, and Thunderbird tells nothing of it");
});

test("what did not come as mail has no banner, whatever stands in it", async () => {
  const seed = new TextDecoder().decode(store.get(SEED));
  const [header, body] = [seed.slice(0, seed.indexOf("\r\n\r\n")), seed.slice(seed.indexOf("\r\n\r\n"))];
  const isWritten = (line) => /^(From|To|Subject|Date|MIME-Version|Content-[A-Za-z-]+):/i.test(line);
  const own = header.replace(/\r\n[ \t]+/g, " ").split("\r\n").filter(isWritten).join("\r\n");
  const ways = { draft: `X-Mozilla-Draft-Info: internal/draft; vcard=0\r\n${own}`, group: `Newsgroups: misc.test\r\n${own}`, feed: `Received: by localhost; Sun, 29 Nov 2026 10:00:00 +0900\r\n${own}` };
  for (const [at, [name, lines]] of Object.entries(ways).entries()) {
    const id = 20 + at;
    store.set(id, new TextEncoder().encode(lines + body));
    world.show(TAB, id);
    assert.equal(await world.ask({ kind: "banner-ask" }, TAB), null, name);
    assert.equal((await world.ask({ kind: "dissection-ask", tabId: TAB })).state, "not-received", name);
    await until(() => world.buttons.get(TAB).icon === "icons/none.svg" && /^Mekiki: Nothing to check/.test(world.buttons.get(TAB).title));
  }
  // Without such a mark it is judged, as is what the recipient's host wrote its lines over.
  for (const [at, line] of ["X-Mailer: Example", "X-Mozilla-Draft-Info: internal/draft\r\nReceived: from x.example (x.example [192.0.2.1]) by localhost; Sun, 29 Nov 2026 10:00:00 +0900", "Return-Path: <x@example.com>"].entries()) {
    store.set(30 + at, new TextEncoder().encode(`${line}\r\n${own}${body}`));
    world.show(TAB, 30 + at);
    assert.equal((await world.ask({ kind: "dissection-ask", tabId: TAB })).state, "report", line);
  }
});

test("a message of which only the header is here is not judged by it", async () => {
  const partial = 6;
  store.set(partial, store.get(HONEST));
  world.headersOnly.add(partial);
  world.show(TAB, partial);
  await until(() => world.buttons.get(TAB)?.icon === "icons/unchecked.svg" && world.buttons.get(TAB).title);
  assert.match(world.buttons.get(TAB).title, /^Mekiki: Only its header .* could not be checked$/);
  world.headersOnly.delete(partial);
  assert.equal((await world.ask({ kind: "dissection-ask", tabId: TAB })).state, "report");
});

test("what lies where no mail arrives is not judged, where that may be known", async () => {
  const at = 40;
  const places = [{ specialUse: ["drafts"], accountId: "account1" }, { specialUse: ["sent"], accountId: "account1" }, { accountId: "feeds" }, { accountId: "broken" }, { accountId: "account1" }];
  world.accounts.set("feeds", "rss");
  world.allowed.add("accountsRead");
  const states = [];
  for (const [number, place] of places.entries()) {
    store.set(at + number, store.get(SEED));
    world.places.set(at + number, { id: String(number), ...place });
    world.show(TAB, at + number);
    states.push((await world.ask({ kind: "dissection-ask", tabId: TAB })).state);
  }
  assert.deepEqual(states, ["not-received", "not-received", "not-received", "report", "report"]);
  // Thunderbird goes on telling folders after the permission was taken back, but no accounts.
  world.allowed.delete("accountsRead");
  store.set(at + 9, store.get(SEED));
  world.headers.set(at + 9, { folder: { id: "9", accountId: "feeds" } });
  world.show(TAB, at + 9);
  assert.equal((await world.ask({ kind: "dissection-ask", tabId: TAB })).state, "report");
});

test("while a message is being judged the button says nothing of the one before", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const fresh = 7;
  store.set(fresh, store.get(HONEST));
  world.show(TAB, SEED);
  await until(() => world.buttons.get(TAB).badge === "!!");
  hold = (id) => (id === fresh ? held : Promise.resolve());
  world.show(TAB, fresh);
  await until(() => world.buttons.get(TAB).badge === "");
  assert.deepEqual([world.buttons.get(TAB).icon, world.buttons.get(TAB).title], ["icons/fetching.svg", "Mekiki: Being fetched: not checked yet"]);
  release();
  await until(() => world.buttons.get(TAB).title === "Mekiki: Nothing suspicious found");
});

test("after a trap the message is unchecked and the next one is judged", async () => {
  const { judge } = await import(new URL("shared/core.mjs", PACKAGE));
  const trapping = new Uint8Array(8);
  // The module asks for the length first: one that no memory can hold makes it trap.
  Object.defineProperty(trapping, "length", { value: 0xffff_fff0 });
  await assert.rejects(judge(trapping), WebAssembly.RuntimeError);
  assert.equal((await judge(store.get(SEED))).level, "dangerous");
});

test("a wrong argument is an error that names it, not a trap", async () => {
  const { judge } = await import(new URL("shared/core.mjs", PACKAGE));
  await assert.rejects(judge(store.get(HONEST), { ownAddresses: 1 }), /^Error: context: /);
});

test("details open the popup, or a tab where there is no button", async () => {
  world.shown.set(TAB, [SEED]);
  await world.ask({ kind: "banner-details" }, TAB);
  assert.equal(world.popups, 1);
  world.hasButton = false;
  await world.ask({ kind: "banner-details" }, TAB);
  assert.equal(world.created.length, 1);
  assert.match(world.created[0], new RegExp(`report/report\\.html\\?message=${SEED}$`));
});

/** A message of each kind that the banner has no use for. */
const OF_PAGES = [{ kind: "hide", messageId: 1, isHidden: true },
  { kind: "dissection-ask", tabId: TAB }, { kind: "fetched-ask", tabId: TAB }, { kind: "dissection-of", messageId: SEED }, { kind: "sought-ask", url: "https://evil.example/" }, { kind: "example-ask" },
  { kind: "settings-ask" }, { kind: "settings-change", changes: { trustedDomains: ["evil.example"] } }, { kind: "policy-ask" }, { kind: "receivers-ask" },
  { kind: "receiver-correct", host: "evil.example", use: "seen" }, { kind: "act", act: "delete", messageIds: [SEED] }, { kind: "act-refused" }, { kind: "acted-ask" },
  { kind: "afresh" }, { kind: "context-ask", messageId: SEED, author: null }, { kind: "trust", messageId: SEED, isTrusted: true },
  { kind: "block", messageId: SEED, isBlocked: true }, { kind: "report-mail", messageId: SEED, to: "", subject: "", body: "" },
  { kind: "publish", messageId: SEED, format: "text", map: "" }, { kind: "mask", messageId: SEED, texts: [""] },
  { kind: "look-up", messageId: SEED },
];

/** And of each that it asks. */
const OF_THE_BANNER = [{ kind: "banner-ask" }, { kind: "banner-late" }, { kind: "banner-overdue" }, { kind: "banner-details" }, { kind: "banner-junk" }, { kind: "banner-genuine" }, { kind: "link-ask", url: "" }, { kind: "link-open", url: "" }];

test("only our own pages command: what runs beside the mail gets what a banner needs", async () => {
  const { isMessage } = await import(new URL("shared/protocol.mjs", PACKAGE));
  for (const message of OF_PAGES) {
    assert.equal(world.ask(message, TAB), false, message.kind);
    assert.ok(isMessage(message, PAGE), message.kind);
    for (const sender of [{}, MAIL, { id: PAGE.id }, { ...PAGE, id: "other@example.org" }, { ...PAGE, url: `https://evil.example/?${PAGE.url}` }]) {
      assert.ok(!isMessage(message, sender), `${message.kind} from ${JSON.stringify(sender)}`);
    }
  }
  for (const message of OF_THE_BANNER) {
    assert.ok(isMessage(message, MAIL) && isMessage(message, PAGE), message.kind);
    assert.ok(!isMessage(message, { ...MAIL, id: "other@example.org" }), message.kind);
  }
});

test("every kind that there is was tried", async () => {
  const declared = await readFile(new URL("extension/shared/messages.d.ts", TOP), "utf8");
  const kinds = [...declared.matchAll(/^  "?([a-z-]+)"?: \[\{/gm)].map(([, kind]) => kind);
  assert.deepEqual([...OF_PAGES, ...OF_THE_BANNER].map(({ kind }) => kind).sort(), kinds.sort());
});

test("what is not of our protocol is not answered", () => {
  for (const foreign of [null, 1, "banner-ask", {}, { kind: "other" }, { kind: "dissection-ask" }, { kind: "dissection-of", messageId: "1" },
    { kind: "act", messageId: SEED, act: "__proto__" }, { kind: "act", act: "junk" }, { kind: "trust", messageId: SEED, isTrusted: 1 },
    { kind: "report-mail", messageId: SEED, to: 1, subject: "", body: "" },
    { kind: "settings-change" }, { kind: "settings-change", changes: null },
    { kind: "link-ask" }, { kind: "link-open", url: 1 }, { kind: "constructor" }, { kind: "sought-ask", url: null },
    { kind: "context-ask", messageId: SEED }, { kind: "context-ask", messageId: SEED, author: { name: "" } }]) assert.equal(world.ask(foreign), false);
});
