/** What the reader has done about a mail: permissions given, refused, given late; trust; reports; menus. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { PACKAGE, fetchFromPackage, message, thunderbird, until } from "./fakes.mjs";

const SEED = 1;
const GENUINE = 2;
const TAB = 10;

let world;
const store = new Map();
const acted = (name, ...messageIds) => world.ask({ kind: "act", act: name, messageIds });
const act = async (name) => (await acted(name, SEED)).outcome;
const PERMISSIONS = ["messagesUpdate", "messagesMove", "messagesDelete", "messagesTags", "accountsRead"];

before(async () => {
  fetchFromPackage();
  store.set(SEED, await message("hostile/seed-kagoya-utf-8-html.eml"));
  store.set(
    GENUINE,
    new TextEncoder().encode(
      [
        "Authentication-Results: mx.example.jp; dkim=pass header.d=example.net; dmarc=pass header.from=example.net",
        "Received: from a.example.net (a.example.net [192.0.2.1]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900",
        "From: A <a@news.example.net>", "To: b@example.jp", "Subject: x", "", "x",
      ].join("\r\n"),
    ),
  );
  world = thunderbird({ raw: async (id) => store.get(id) });
  await import(new URL("background/main.mjs", PACKAGE));
});

beforeEach(() => {
  world.allowed.clear();
  world.done.length = 0;
  world.seesFolders = true;
  world.places.clear();
  world.stored = Object.assign(world.stored, { settings: {} });
  delete world.stored.waiting;
});

test("what is allowed is done at once", async () => {
  for (const permission of PERMISSIONS) world.allowed.add(permission);
  assert.equal(await act("junk"), "done");
  assert.deepEqual(world.done, [["update", SEED, { junk: true }], ["move", [SEED], "account2://Junk"]]);
  world.done.length = 0;
  world.places.clear();
  assert.equal(await act("trash"), "done");
  assert.deepEqual(world.done, [["move", [SEED], "account2://Trash"]]);
  world.done.length = 0;
  assert.equal(await act("delete"), "done");
  assert.deepEqual(world.done, [["delete", [SEED], { deletePermanently: true }]]);
  world.done.length = 0;
  world.takesPlainAnswer = true;
  assert.equal(await act("delete"), "done");
  assert.deepEqual(world.done, [["delete", [SEED], true]]);
  world.takesPlainAnswer = false;
  world.done.length = 0;
  assert.equal(await act("tag"), "done");
  assert.deepEqual(world.done, [["tag", "mekiki", "Impersonation"], ["update", SEED, { tags: ["$label1", "mekiki"] }]]);
});

test("many are done one by one, moved together, and what failed is counted", async () => {
  for (const permission of PERMISSIONS) world.allowed.add(permission);
  world.gone.add(7);
  assert.deepEqual(await acted("junk", SEED, 7, GENUINE), { act: "junk", outcome: "done", done: [SEED, GENUINE], failed: 1 });
  assert.deepEqual(world.done.at(-1), ["move", [SEED, GENUINE], "account2://Junk"]);
  world.locked.add(GENUINE);
  assert.deepEqual(await acted("tag", SEED, GENUINE), { act: "tag", outcome: "done", done: [SEED], failed: 1 });
  assert.deepEqual(await acted("trash", 7), { act: "trash", outcome: "failed", done: [], failed: 1 });
  world.locked.clear();
  world.gone.clear();
});

test("what is not allowed waits, and is done once it is", async () => {
  const outcome = act("tag");
  await until(() => world.stored.waiting);
  assert.deepEqual(world.done, []);
  await messenger.permissions.request({ permissions: ["messagesUpdate"] });
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(world.done, []);
  await messenger.permissions.request({ permissions: ["messagesUpdate", "messagesTags"] });
  assert.equal(await outcome, "done");
  assert.equal(world.stored.waiting, undefined);
});

test("what is refused is not done, nor later", async () => {
  const outcome = act("junk");
  await until(() => world.stored.waiting);
  await world.ask({ kind: "act-refused" });
  assert.equal(await outcome, "refused");
  await messenger.permissions.request({ permissions: PERMISSIONS });
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(world.done, []);
});

test("a permission given too late does nothing, nor one for another message of the same number", async () => {
  for (const changes of [{ until: Date.now() - 1 }, { messages: [{ id: SEED, key: "other@example.net" }] }, { act: "constructor" }]) {
    world.allowed.clear();
    world.stored.waiting = { act: "trash", messages: [{ id: SEED, key: `${SEED}@example.net` }], until: Date.now() + 1_000, hasReloaded: false, ...changes };
    await messenger.permissions.request({ permissions: PERMISSIONS });
    await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(world.done, [], JSON.stringify(changes));
  }
});

test("where folders are not seen yet, the add-on starts afresh once and goes on", async () => {
  for (const permission of PERMISSIONS) world.allowed.add(permission);
  world.seesFolders = false;
  void act("trash");
  await until(() => world.done.length > 0);
  assert.deepEqual(world.done, [["reload"]]);
  assert.equal(world.stored.waiting.hasReloaded, true);
  world.seesFolders = true;
  world.onAdded.fire({});
  await until(() => world.done.length > 1);
  assert.deepEqual(world.done[1], ["move", [SEED], "account2://Trash"]);
});

test("the pages that were open come back, and one that was gone is told what was done", async () => {
  for (const permission of PERMISSIONS) world.allowed.add(permission);
  world.seesFolders = false;
  world.shown.set(90, []);
  world.urls.set(90, messenger.runtime.getURL("scan/scan.html?tab=1"));
  void acted("trash", SEED);
  await until(() => world.done.length > 0);
  assert.deepEqual(world.stored.pages.pages, ["scan/scan.html?tab=1"]);
  // The add-on has started again.
  world.seesFolders = true;
  const { bringBack } = await import(new URL("background/afresh.mjs", PACKAGE));
  await bringBack();
  assert.equal(world.created.at(-1), messenger.runtime.getURL("scan/scan.html?tab=1"));
  assert.equal(world.stored.pages, undefined);
  world.shown.delete(90);
  world.urls.clear();
});

test("where folders were allowed too late it starts afresh unasked, but neither under an open page nor again and again", async () => {
  const { startAfreshUnseen } = await import(new URL("background/afresh.mjs", PACKAGE));
  world.seesFolders = false;
  await startAfreshUnseen();
  world.allowed.add("accountsRead");
  world.shown.set(90, []);
  world.urls.set(90, messenger.runtime.getURL("options/options.html"));
  await startAfreshUnseen();
  assert.deepEqual(world.done, []);
  world.urls.clear();
  await startAfreshUnseen();
  await startAfreshUnseen();
  assert.deepEqual(world.done, [["reload"]]);
  world.shown.delete(90);
});

test("a selection of the menu is checked in one tab, a folder where Thunderbird tells which", async () => {
  const count = world.created.length;
  const selected = { id: "more", messages: [{ id: SEED, headerMessageId: "a@example.net", subject: "s", size: 9, date: new Date(5) }] };
  world.onMenu.fire({ menuItemId: "selection", selectedMessages: selected }, { id: TAB });
  await until(() => world.created.length === count + 1);
  assert.deepEqual([world.stored.check.state, world.stored.check.more, world.stored["check.0"][0].key], ["listing", "more", "a@example.net"]);
  world.onMenu.fire({ menuItemId: "folder", selectedFolders: [{ id: "account1://a b" }] }, { id: TAB });
  await until(() => world.created.length === count + 2);
  world.onMenu.fire({ menuItemId: "folder" }, { id: TAB });
  await until(() => world.created.length === count + 3);
  world.onAction.fire({ id: TAB });
  await until(() => world.created.length === count + 4);
  assert.deepEqual(world.created.slice(count).map((url) => new URL(url).search), ["?", "?folder=account1%3A%2F%2Fa+b", "?wants=folder", `?tab=${TAB}`].map((search) => new URL(search, "x:/").search));
  world.onStartup.fire();
  await until(() => !world.stored.check);
});

test("without a junk folder it is marked at least", async () => {
  for (const permission of PERMISSIONS) world.allowed.add(permission);
  const folders = world.folders;
  world.folders = [];
  assert.equal(await act("junk"), "marked");
  assert.equal(await act("trash"), "failed");
  world.folders = folders;
});

test("what lies where it was after it was moved is told", async () => {
  for (const permission of PERMISSIONS) world.allowed.add(permission);
  world.staying.add(SEED);
  assert.deepEqual(await acted("junk", SEED), { act: "junk", outcome: "copied", done: [], failed: 1 });
  assert.deepEqual(await acted("trash", SEED, GENUINE), { act: "trash", outcome: "done", done: [GENUINE], failed: 1 });
  world.staying.clear();
});

test("nothing goes to another account's server", async () => {
  for (const permission of PERMISSIONS) world.allowed.add(permission);
  world.places.set(SEED, { id: "account1://Inbox", accountId: "account1" });
  assert.equal(await act("junk"), "marked");
  assert.deepEqual(world.done, [["update", SEED, { junk: true }]]);
});

test("trust binds to what authenticated, and is taken back; the button tells the outcome anew", async () => {
  world.shown.set(TAB, [GENUINE]);
  world.buttons.delete(TAB);
  const given = await world.ask({ kind: "trust", messageId: GENUINE, isTrusted: true });
  assert.equal(given.report.from.trust, "example.net");
  assert.deepEqual(world.stored.settings.trustedDomains, ["example.net"]);
  await until(() => world.buttons.get(TAB)?.icon === "icons/none.svg");
  assert.deepEqual((await world.ask({ kind: "settings-ask" })).trustedDomains, ["example.net"]);
  await world.ask({ kind: "trust", messageId: GENUINE, isTrusted: false });
  assert.deepEqual(world.stored.settings.trustedDomains, []);
});

test("the warning on one mail can always be hidden, and the banner follows at once", async () => {
  world.shown.set(TAB, [SEED]);
  assert.equal((await world.ask({ kind: "banner-ask" }, TAB)).level, "dangerous");
  world.told.length = 0;
  const hidden = await world.ask({ kind: "hide", messageId: SEED, isHidden: true });
  assert.deepEqual([hidden.report.level, hidden.isHidden], ["dangerous", true], "what was found is told as before");
  await until(() => world.told.some(([tab, kind]) => tab === TAB && kind === "banner-again"));
  assert.equal(await world.ask({ kind: "banner-ask" }, TAB), null);
  // Another mail, whatever it is called, is another.
  store.set(77, new TextEncoder().encode(new TextDecoder().decode(store.get(SEED)).replace(/^Date: .*$/m, "Date: Mon, 12 Jun 2023 09:00:00 +0900")));
  world.shown.set(TAB, [77]);
  assert.equal((await world.ask({ kind: "banner-ask" }, TAB)).level, "dangerous");
  assert.equal((await world.ask({ kind: "hide", messageId: SEED, isHidden: false })).isHidden, false);
  world.shown.set(TAB, [SEED]);
  assert.equal((await world.ask({ kind: "banner-ask" }, TAB)).level, "dangerous");
});

test("trust is never given to what did not authenticate", async () => {
  const judged = await world.ask({ kind: "trust", messageId: SEED, isTrusted: true });
  assert.equal(judged.report.level, "dangerous");
  assert.equal(judged.report.from.trust, null);
  assert.equal(world.stored.settings.trustedDomains, undefined);
});

test("a report is a mail to be looked at, the message attached as it came", async () => {
  await world.ask({ kind: "report-mail", messageId: SEED, to: "abuse@example.net", subject: "s", body: "b" });
  const [[kind, template, details]] = world.done;
  assert.deepEqual([kind, template, details.to, details.subject, details.plainTextBody], ["compose", null, ["abuse@example.net"], "s", "b"]);
  const [{ file }] = details.attachments;
  assert.deepEqual([file.name, file.type], ["message.eml", "message/rfc822"]);
  assert.deepEqual(new Uint8Array(await file.arrayBuffer()), new Uint8Array(store.get(SEED)));
});

test("the menus are made once, and open the dissection of the message or link", async () => {
  world.onInstalled.fire({ reason: "install" });
  await until(() => world.done.length === 6);
  assert.deepEqual(world.done.slice(1).map(([, { id, contexts }]) => [id, ...contexts]), [
    ["dissect", "message_list"], ["link", "link"], ["selection", "message_list"], ["folder", "folder_pane"], ["many", "tools_menu"],
  ]);
  const count = world.created.length;
  world.onMenu.fire({ menuItemId: "dissect", selectedMessages: { messages: [{ id: SEED }] } }, { id: TAB });
  world.shown.set(TAB, [GENUINE]);
  world.onMenu.fire({ menuItemId: "link", linkUrl: "https://evil.test/?a=b&c" }, { id: TAB });
  await until(() => world.created.length === count + 2);
  const asked = world.created.slice(count).map((url) => Object.fromEntries(new URL(url).searchParams));
  assert.deepEqual(asked.sort((a, b) => Number(a.message) - Number(b.message)), [{ message: "1" }, { message: "2", link: "https://evil.test/?a=b&c" }]);
});
