/** Where receiving hosts write their results: learned from what is opened, and that nobody can poison it. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { PACKAGE, thunderbird } from "./fakes.mjs";

const MESSAGE = { id: 1, author: "Taro Yamada <yamada@example.org>", junk: false, external: false };

let world;
let receivers;

before(async () => {
  world = thunderbird();
  receivers = await import(new URL("background/receivers.mjs", PACKAGE));
});

beforeEach(() => {
  delete world.stored.receivers;
});

/** A report of a message that a host took, which has its results there. */
const report = (place, id = "", level = "none", host = "example.jp") => ({ level, receiver: { host, name: `mx1.${host}`, place, id } });
const BELOW = ["below", "mx1.example.jp"];
let count = 0;
const learn = async (times, ...made) => {
  for (let at = 0; at < times; at++) await receivers.learnReceiver({ ...MESSAGE, headerMessageId: `${count++}@example.net` }, report(...made));
};
const known = () => receivers.knownReceivers();
const NONE = [{ host: "example.jp", place: "none", ids: [] }];

test("a host that writes above its line is learned from enough mail, and no sooner", async () => {
  await learn(9, "above", "checks.example.jp");
  assert.deepEqual(await known(), []);
  await learn(1, "above", "checks.example.jp");
  assert.deepEqual(await known(), [{ host: "example.jp", place: "above", ids: ["checks.example.jp"] }]);
});

test("below the line it counts where nearly all mail has it; in between nothing is concluded", async () => {
  await learn(2, "none");
  await learn(8, ...BELOW);
  assert.deepEqual(await known(), [{ host: "example.jp", place: "below", ids: ["mx1.example.jp"] }]);
  delete world.stored.receivers;
  for (let at = 0; at < 10; at++) {
    await learn(1, ...BELOW);
    await learn(1, "none");
  }
  assert.deepEqual(await known(), []);
});

test("that a host writes none is revoked by the user only, whatever comes later", async () => {
  await learn(10, "none");
  await learn(40, ...BELOW);
  assert.deepEqual(await known(), NONE);
  await learn(40, "above", "mx1.example.jp");
  assert.deepEqual(await known(), NONE);
  await receivers.correctReceiver("example.jp", "forgotten");
  await learn(10, ...BELOW);
  assert.deepEqual(await known(), [{ host: "example.jp", place: "below", ids: ["mx1.example.jp"] }]);
});

test("that a host writes above its line stays, and gains names; below gives way to what protects", async () => {
  await learn(20, "above", "mx1.example.jp");
  await learn(20, ...BELOW);
  assert.deepEqual(await known(), [{ host: "example.jp", place: "above", ids: ["mx1.example.jp"] }]);
  await learn(20, "above", "mx2.example.jp");
  assert.deepEqual((await known())[0].ids, ["mx2.example.jp"]);
  delete world.stored.receivers;
  await learn(20, ...BELOW);
  await learn(5, "none");
  assert.equal((await known())[0].place, "below");
  await learn(15, "none");
  assert.deepEqual(await known(), NONE);
});

test("what was concluded before places were kept still holds", async () => {
  world.stored.receivers = [{ host: "example.jp", seen: Array.from({ length: 10 }, (_, at) => [at, "none", ""]), use: "seen" }];
  assert.deepEqual(await known(), NONE);
  await learn(20, ...BELOW);
  assert.deepEqual(await known(), NONE);
});

test("what teaches nothing is not counted: foreign or contradicting results, forgeries, junk, files, a message twice", async () => {
  await learn(3, null, "mx.example.com");
  await learn(3, "none", "", "suspicious");
  await receivers.learnReceiver({ ...MESSAGE, junk: true, headerMessageId: "j" }, report("none"));
  await receivers.learnReceiver({ ...MESSAGE, external: true, headerMessageId: "e" }, report("none"));
  await receivers.learnReceiver({ ...MESSAGE, headerMessageId: "r" }, { level: "none", receiver: null });
  assert.deepEqual(await receivers.learnedReceivers(), []);
  for (let turn = 0; turn < 15; turn++) await receivers.learnReceiver({ ...MESSAGE, headerMessageId: "same" }, report("none"));
  assert.equal((await receivers.learnedReceivers())[0].count, 1);
});

test("what the user corrects is used, and no more than thirty hosts are remembered", async () => {
  await learn(10, "none");
  await receivers.correctReceiver("example.jp", "unused");
  assert.deepEqual(await known(), []);
  await receivers.correctReceiver("example.jp", "none");
  assert.deepEqual(await known(), NONE);
  for (let at = 0; at < 40; at++) await learn(1, "none", "", "none", `host${at}.example`);
  assert.equal((await receivers.learnedReceivers()).length, 30);
});

test("a broken store of what was learned is nothing learned", async () => {
  const habit = { host: "example.jp", seen: [], use: "seen" };
  const broken = [1, "x", [1], [{ host: 1 }], [{ ...habit, seen: [[]] }], [{ ...habit, use: "x" }], [{ ...habit, concluded: {} }], [{ ...habit, concluded: { place: "x", ids: [] } }]];
  for (const stored of broken) {
    world.stored.receivers = stored;
    assert.deepEqual(await receivers.learnedReceivers(), []);
  }
});
