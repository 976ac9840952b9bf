/** New mail as it arrives: what is tagged and told, and that nothing is where it is not wanted or not allowed. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { PACKAGE, fetchFromPackage, message, thunderbird } from "./fakes.mjs";

const DANGEROUS = 1;
const HONEST = 2;
const INBOX = { id: "account2://Inbox", accountId: "account2" };
const NEEDED = { tagArrivals: ["accountsRead", "messagesUpdate", "messagesTags"], notifyArrivals: ["accountsRead", "notifications"] };

let world;
let next = 100;
const store = new Map();

before(async () => {
  fetchFromPackage();
  const [dangerous, honest] = await Promise.all([message("hostile/seed-kagoya-utf-8-html.eml"), message("honest/kagoya-notice.eml")]);
  // Numbers of messages end with what they are; each is a mail of its own.
  const numbered = (id) => Buffer.from(dangerous.toString("latin1").replace(/^Message-ID: .*$/m, `Message-ID: <${id}@example.jp>`), "latin1");
  world = thunderbird({ raw: async (id) => (await store.get(id)) ?? (id % 10 === DANGEROUS ? numbered(id) : honest) });
  await import(new URL("background/main.mjs", PACKAGE));
});

beforeEach(async () => {
  world.allowed.clear();
  world.notifications.clear();
  world.pages.clear();
  world.junk.clear();
  store.clear();
  await messenger.storage.local.set({ settings: {} });
  world.done.length = 0;
});

/** Has messages arrive, numbered anew; gives their numbers, once they were looked at. */
async function arrive(kinds, folder = INBOX) {
  next += 1;
  const ids = kinds.map((kind, at) => next * 1_000 + at * 10 + kind);
  await Promise.all(world.onNewMail.fire(folder, { id: null, messages: ids.map((id) => ({ id, junk: world.junk.has(kinds), date: new Date() })) }));
  return ids;
}

/** Switches something on, and allows it. */
async function switchOn(...names) {
  await messenger.permissions.request({ permissions: names.flatMap((name) => NEEDED[name]) });
  await messenger.storage.local.set({ settings: Object.fromEntries(names.map((name) => [name, true])) });
  world.done.length = 0;
}

const tags = () => world.done.filter(([name]) => name === "update").map(([, id, { tags }]) => [id, tags]);

test("off, nothing happens, whatever is allowed", async () => {
  await messenger.permissions.request({ permissions: Object.values(NEEDED).flat() });
  await arrive([DANGEROUS]);
  assert.deepEqual([world.done, world.notifications.size], [[], 0]);
});

test("wanted but no longer allowed, nothing happens", async () => {
  await switchOn("tagArrivals", "notifyArrivals");
  world.allowed.clear();
  await arrive([DANGEROUS]);
  assert.deepEqual([world.done, world.notifications.size], [[], 0]);
});

test("suspicious mail is tagged in the reader's language, and keeps its tags; other mail leaves no trace", async () => {
  await switchOn("tagArrivals");
  const [id] = await arrive([DANGEROUS, HONEST]);
  assert.deepEqual(world.done.find(([name]) => name === "tag"), ["tag", "mekiki-dangerous", "Mekiki: dangerous"]);
  assert.deepEqual(tags(), [[id, ["$label1", "mekiki-dangerous"]]]);
  assert.equal(world.notifications.size, 0);
});

test("suspicious mail is told, all that arrived at once in one notification, and a click opens it", async () => {
  await switchOn("notifyArrivals");
  await arrive([HONEST]);
  assert.equal(world.notifications.size, 0);
  const [id] = await arrive([DANGEROUS]);
  const [[name, { type, title, message: told }]] = world.notifications;
  assert.deepEqual([type, title, told], ["basic", "A new mail may be an impersonation", "\u201cKAGOYA\u201d: dangerous"]);
  await Promise.all(world.onNotification.fire(name));
  assert.deepEqual(world.done.at(-1), ["open", { messageId: id, location: "tab" }]);
  await Promise.all(world.onNotification.fire("another"));
  assert.deepEqual(tags(), []);

  world.notifications.clear();
  await arrive([DANGEROUS, DANGEROUS, HONEST, DANGEROUS, DANGEROUS, DANGEROUS]);
  const [[, several]] = world.notifications;
  assert.equal(world.notifications.size, 1);
  assert.match(several.title, /^5 new mails/);
  assert.deepEqual(several.message.split("\n").length, 4);
  assert.match(several.message, /and 2 more$/);
});

test("what is junk already is not told; what is no mail is not looked at; long lists are read to their end", async () => {
  await switchOn("tagArrivals", "notifyArrivals");
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: [{ id: 5_001, junk: true }] }));
  assert.deepEqual([tags().length, world.notifications.size], [1, 0]);
  world.accounts.set("feeds", "rss");
  await arrive([DANGEROUS], { id: "feeds://x", accountId: "feeds" });
  assert.deepEqual([tags().length, world.notifications.size], [1, 0]);
  world.pages.set("more", async () => ({ id: null, messages: [{ id: 6_011 }] }));
  await Promise.all(world.onNewMail.fire(INBOX, { id: "more", messages: [{ id: 6_001 }] }));
  assert.equal(tags().length, 3);
});

test("a mail is told of once, however often it arrives", async () => {
  await switchOn("notifyArrivals");
  const [id] = await arrive([DANGEROUS]);
  const raw = await messenger.messages.getRaw(id).then((blob) => blob.bytes());
  world.notifications.clear();
  store.set(8_001, raw);
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: [{ id: 8_001 }] }));
  assert.equal(world.notifications.size, 0);
  // Its Message-ID does not make another mail the same.
  store.set(8_011, Buffer.from(Buffer.from(raw).toString("latin1").replace(/^Date: .*$/m, "Date: Mon, 12 Jun 2023 09:00:00 +0900"), "latin1"));
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: [{ id: 8_011 }] }));
  assert.equal(world.notifications.size, 1);
});

test("of a mailbox that is seen for the first time old mail is left alone, and not all is looked at", async () => {
  await switchOn("tagArrivals");
  const old = new Date(Date.now() - 4 * 86_400_000);
  const listed = (count, date) => Array.from({ length: count }, (_, at) => ({ id: 9_000_001 + next++ * 100_000 + at * 10, date }));
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: [...listed(30, old), ...listed(3, new Date())] }));
  assert.equal(tags().length, 3);
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: listed(3, old) }));
  assert.equal(tags().length, 6, "a few are looked at whatever their date says: senders write it");
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: listed(70, new Date()) }));
  assert.equal(tags().length, 56);
});

test("a mail that is still on its way is looked at when it is there", { timeout: 20_000 }, async () => {
  await switchOn("tagArrivals");
  let tries = 0;
  const raw = await messenger.messages.getRaw(1).then((blob) => blob.bytes());
  store.set(7_701, { then: (resolve, reject) => (++tries === 1 ? reject(new Error("not here yet")) : resolve(raw)) });
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: [{ id: 7_701, date: new Date() }] }));
  assert.deepEqual([tries, tags().length], [2, 1]);
});

test("a sender's words stay words: cut, quoted, and turning nothing", async () => {
  await switchOn("notifyArrivals");
  const name = `KAGOYA <b>\u202e${"W".repeat(2_000)}</b>`;
  const raw = new TextDecoder().decode(await message("hostile/seed-kagoya-utf-8-html.eml"));
  const encoded = `=?UTF-8?B?${Buffer.from(name).toString("base64")}?=`;
  store.set(7_001, new TextEncoder().encode(raw.replace(/^From: .*$/m, `From: ${encoded} <info@example.jp>`)));
  await Promise.all(world.onNewMail.fire(INBOX, { id: null, messages: [{ id: 7_001 }] }));
  const [[, { message: told }]] = world.notifications;
  assert.match(told, /^\u201cKAGOYA <b>W+\u2026W+\u2026?\u201d: \w+$/);
  assert.ok(told.length < 140);
});

test("it is listened for once, from when that is allowed", async () => {
  await switchOn("notifyArrivals");
  await messenger.permissions.remove({ permissions: ["accountsRead"] });
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  await arrive([DANGEROUS]);
  assert.equal(world.notifications.size, 1);
});
