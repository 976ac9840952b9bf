/** What is known of the reader, and that none of it keeps a mail waiting. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { PACKAGE, fetchFromPackage, message, thunderbird, until } from "./fakes.mjs";

const MESSAGE = { id: 1, author: "Taro Yamada <Yamada@example.org>", date: new Date("2024-09-03T01:15:00Z"), headerMessageId: "1@example.org", folder: { id: "f", accountId: "account2" } };
const card = (name, ...addresses) => ["BEGIN:VCARD", "VERSION:4.0", `FN:${name}`, ...addresses.map((address) => `EMAIL;PREF=1:${address}`), "END:VCARD"].join("\r\n");

let world;
/** The reader's side of a message, by the core's reading of its author. */
let readersSide;
let contacts;

before(async () => {
  fetchFromPackage();
  world = thunderbird({ raw: () => message("hostile/seed-kagoya-utf-8-html.eml") });
  await import(new URL("background/main.mjs", PACKAGE));
  const context = await import(new URL("background/context.mjs", PACKAGE));
  const { readAuthor } = await import(new URL("shared/core.mjs", PACKAGE));
  readersSide = (message) => context.readersSide(message, readAuthor(new TextEncoder().encode(`From: ${message.author}\r\n\r\n`)));
  contacts = await import(new URL("background/contacts.mjs", PACKAGE));
});

/** The page's clock goes as the tests say: what is searched for next depends on how long the last search took. */
let ahead = 0;
performance.now = () => ahead;

beforeEach(async () => {
  ahead += 60_000;
  for (const permission of [...world.allowed]) await messenger.permissions.remove({ permissions: [permission] });
  world.search = async () => [];
  world.searches.length = 0;
  world.folderSize = 10;
  world.books = [];
  world.bookReads = 0;
  world.bookSearches.length = 0;
  world.bookTakes = async () => {};
  world.session = {};
});

test("without any permission nothing of the reader is known, and nothing is searched", async () => {
  const context = await readersSide(MESSAGE);
  assert.deepEqual([context.ownAddresses, context.ownNames, context.contacts, context.correspondents], [[], [], [], []]);
  assert.ok(!("isKnownAuthor" in context));
  assert.deepEqual(world.searches, []);
});

test("names and addresses are those of the identities", async () => {
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  const { ownAddresses, ownNames } = await readersSide({ ...MESSAGE, author: "" });
  assert.deepEqual([ownAddresses, ownNames], [["reader@example.jp"], ["Ichiro Suzuki"]]);
});

test("an author is known by mail of an earlier day and by mail written to it, looked for once", async () => {
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  world.search = async ({ recipients }) => (recipients ? [] : [{ id: 7 }]);
  world.folders.push({ id: "account2://Sent", accountId: "account2", use: "sent" });
  const first = await readersSide(MESSAGE);
  assert.deepEqual([first.isKnownAuthor, first.correspondents], [true, []]);
  const byAuthor = world.searches.find(({ author }) => author);
  assert.equal(byAuthor.author, "yamada@example.org");
  assert.equal(byAuthor.toDate.toISOString(), "2024-09-02T01:15:00.000Z");
  assert.ok(!byAuthor.folderId.includes("account2://Sent"));
  assert.deepEqual(world.searches.find(({ recipients }) => recipients).folderId, ["account2://Sent"]);
  await readersSide(MESSAGE);
  assert.equal(world.searches.length, 2);
  world.folders.pop();
});

test("searches take no more than a fifth of the time: of mail that comes too soon nobody looked", async () => {
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  world.search = async () => {
    ahead += 50;
    return [];
  };
  assert.equal((await readersSide(MESSAGE)).isKnownAuthor, false);
  const count = world.searches.length;
  const next = { ...MESSAGE, author: "b@example.org" };
  assert.ok(!("isKnownAuthor" in (await readersSide(next))));
  assert.equal(world.searches.length, count);
  assert.equal((await readersSide(MESSAGE)).isKnownAuthor, false, "what was found is kept");
  ahead += 1_000;
  assert.equal((await readersSide(next)).isKnownAuthor, false);
});

test("large folders are left alone: nobody looked", async () => {
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  world.folderSize = 100_000;
  const context = await readersSide(MESSAGE);
  assert.ok(!("isKnownAuthor" in context));
  assert.deepEqual(world.searches, []);
});

test("a search that takes long does not keep the mail waiting; what it finds serves the next", async () => {
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  let found;
  world.search = () => new Promise((resolve) => (found = resolve));
  const begun = Date.now();
  assert.ok(!("isKnownAuthor" in (await readersSide(MESSAGE))));
  assert.ok(Date.now() - begun < 1_500);
  found([{ id: 7 }]);
  await until(() => world.session.acquaintances?.["yamada@example.org"]);
  assert.equal((await readersSide(MESSAGE)).isKnownAuthor, true);
});

test("a search that fails, and a message that lies in no folder: nobody looked", async () => {
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  world.search = async () => {
    throw new Error("no such folder");
  };
  assert.ok(!("isKnownAuthor" in (await readersSide(MESSAGE))));
  assert.ok(!("isKnownAuthor" in (await readersSide({ ...MESSAGE, folder: undefined }))));
});

test("a few contacts are all handed over, read once, and anew after a change", async () => {
  await messenger.permissions.request({ permissions: ["addressBooks"] });
  world.books = [
    { remote: false, cards: [card("Taro Yamada", "taro@example.com", "T@example.net"), card("Sato\\, Hanako", "sato@example.com")] },
    { remote: true, cards: [card("Nobody Asked", "remote@example.com")] },
  ];
  const expected = [
    { name: "Taro Yamada", address: "taro@example.com" },
    { name: "Taro Yamada", address: "t@example.net" },
    { name: "Sato, Hanako", address: "sato@example.com" },
  ];
  assert.deepEqual((await readersSide(MESSAGE)).contacts, expected);
  await readersSide(MESSAGE);
  assert.equal(world.bookReads, 1);
  world.books[0].cards.pop();
  world.onContacts.fire();
  await until(() => world.session.contacts === undefined);
  ahead += 10_000;
  assert.deepEqual((await readersSide(MESSAGE)).contacts, expected.slice(0, 2));
  await messenger.permissions.remove({ permissions: ["addressBooks"] });
  assert.deepEqual((await readersSide(MESSAGE)).contacts, []);
  await until(() => world.session.contacts === undefined);
});

test("of many that were read, those of the author's name or address are handed over", async () => {
  await messenger.permissions.request({ permissions: ["addressBooks"] });
  const others = Array.from({ length: 10_000 }, (_, at) => card(`Person ${at}`, `p${at}@example.net`));
  world.books = [{ remote: false, cards: [...others, card("Yamada, Taro", "taro@example.com"), card("", "yamada@example.org")] }];
  await contacts.contactsFor({ name: "", address: "nobody@example.net" });
  const { contacts: known } = await readersSide({ ...MESSAGE, author: '"\uFF34aro Y\u200Bamada" <yamada@example.org>' });
  assert.deepEqual(known, [{ name: "Yamada, Taro", address: "taro@example.com" }, { name: "", address: "yamada@example.org" }]);
});

test("where a search takes its time there are many: each author is searched for once, and nothing is read whole", async () => {
  await messenger.permissions.request({ permissions: ["addressBooks"] });
  world.books = [{ remote: false, cards: [card("Taro Yamada", "taro@example.com"), card("Hanako Sato", "sato@example.com")] }];
  world.bookTakes = async () => void (ahead += 60);
  assert.deepEqual((await readersSide(MESSAGE)).contacts, [{ name: "Taro Yamada", address: "taro@example.com" }]);
  await readersSide(MESSAGE);
  assert.deepEqual(world.bookSearches, ["yamada@example.org", "taro yamada"]);
  ahead += 10_000;
  assert.deepEqual((await readersSide({ ...MESSAGE, author: "Somebody Else <sato@example.com>" })).contacts, [{ name: "Hanako Sato", address: "sato@example.com" }]);
  assert.deepEqual(world.bookSearches.slice(2), ["sato@example.com"]);
  assert.equal(world.bookReads, 0);
});

test("a search that takes very long keeps no mail waiting, and the next is for the address alone", async () => {
  await messenger.permissions.request({ permissions: ["addressBooks"] });
  world.books = [{ remote: false, cards: [card("Taro Yamada", "yamada@example.org")] }];
  world.bookTakes = async () => {
    ahead += 450;
    await new Promise((resolve) => setTimeout(resolve, 450));
  };
  const begun = Date.now();
  assert.deepEqual((await readersSide(MESSAGE)).contacts, []);
  assert.ok(Date.now() - begun < 1_500);
  await until(() => world.session.contacts);
  assert.deepEqual((await readersSide(MESSAGE)).contacts, [{ name: "Taro Yamada", address: "yamada@example.org" }]);
  world.bookSearches.length = 0;
  ahead += 10_000;
  await contacts.contactsFor({ name: "Some Name", address: "other@example.net" });
  assert.deepEqual(world.bookSearches, ["other@example.net"]);
});

test("vCards of every shape are read", async () => {
  await messenger.permissions.request({ permissions: ["addressBooks"] });
  world.books = [{ remote: false, cards: ["", "BEGIN:VCARD\r\nFN;LANGUAGE=ja:\u5C71\u7530\r\n  \u592A\u90CE\r\nitem1.EMAIL;TYPE=\"a:b\":a@exam\r\n ple.com\r\nEMAIL:none\r\nNOTE:EMAIL:b@example.com\r\nEND:VCARD"] }];
  assert.deepEqual((await readersSide(MESSAGE)).contacts, [{ name: "\u5C71\u7530 \u592A\u90CE", address: "a@example.com" }]);
});

test("a From field of any shape is read in no time, and it is the message's own", async () => {
  await messenger.permissions.request({ permissions: ["accountsRead"] });
  const begun = Date.now();
  await readersSide({ ...MESSAGE, author: "@".repeat(20_000) });
  assert.ok(Date.now() - begun < 1_000);
  world.search = async () => [{ id: 7 }];
  world.folders.push({ id: "account2://Sent", accountId: "account2", use: "sent" });
  const { correspondents } = await readersSide({ ...MESSAGE, author: '"bank@example.com" <Evil@example.org>, b@example.net' });
  assert.deepEqual(correspondents, ["evil@example.org"]);
  world.folders.pop();
});
