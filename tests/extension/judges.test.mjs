/** Judging within a deadline: a mail that keeps its worker busy, and those displayed meanwhile. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { PACKAGE, ThreadWorker, fetchFromPackage, message, thunderbird, until } from "./fakes.mjs";

/** A message at which the core of these tests comes to no end of judging. */
const ENDLESS = 1;
const SEED = 2;
const OTHER = 4;
/** A message at which it breaks down. */
const BREAKING = 3;
const TAB = 10;

/** @type {Map<number, Uint8Array>} */
const store = new Map([
  [ENDLESS, new TextEncoder().encode("endless")],
  [BREAKING, new TextEncoder().encode("breaking")],
]);
/** @type {string[]} What was asked while workers were got ready. */
const warm = [];
/** @type {string[]} What was asked. */
const asked = [];
/** @type {string[]} Messages whose worker was ended, by their beginning. */
const ended = [];
/** Lets the endless messages be judged after all. @type {(() => void)[]} */
const held = [];
let world;

/** A worker that judges by the real core, but for the two messages. */
class FickleWorker extends ThreadWorker {
  postMessage(question) {
    asked.push(question.task.kind);
    void question.file.slice(0, 8).text().then((start) => {
      this.asked = start;
      if (start === "breaking") this.dispatchEvent(Object.assign(new Event("error"), { message: "unreachable" }));
      else if (start !== "endless" || question.task.kind !== "judge") super.postMessage(question);
      else {
        // As the worker does when the core has started.
        this.dispatchEvent(new MessageEvent("message", { data: null }));
        held.push(() => super.postMessage(question));
      }
    });
  }

  terminate() {
    ended.push(this.asked);
    super.terminate();
  }
}

before(async () => {
  fetchFromPackage();
  store.set(SEED, await message("hostile/seed-kagoya-utf-8-html.eml"));
  world = thunderbird({ raw: async (id) => store.get(id) });
  globalThis.Worker = FickleWorker;
  await import(new URL("background/main.mjs", PACKAGE));
  await (await import(new URL("background/judges.mjs", PACKAGE))).warmUp();
  warm.push(...asked);
  // Node compiles what it runs for the first time: not what is measured here.
  const first = [50, 51];
  for (const id of first) store.set(id, /** @type {Uint8Array} */ (store.get(SEED)));
  await Promise.all(first.map((messageId) => world.ask({ kind: "dissection-of", messageId })));
});

beforeEach(() => {
  ended.length = 0;
  held.length = 0;
});

test("two workers have judged a sample before the first mail comes", () => {
  assert.deepEqual(warm, ["judge", "judge"]);
});

test("a mail that keeps its worker busy holds up no other, says so, and is told when it is done", async () => {
  world.shown.set(TAB, [ENDLESS]);
  const stuck = world.ask({ kind: "banner-ask" }, TAB);
  world.shown.set(TAB + 1, [SEED]);
  const content = await world.ask({ kind: "banner-ask" }, TAB + 1);
  assert.equal(content.level, "dangerous");
  assert.deepEqual(ended, [], "the other is still being judged");
  const late = await stuck;
  assert.deepEqual([late.level, late.isLate, late.evidence], ["suspicious", true, []]);
  assert.match(late.sentence, /^Not checked yet/);
  held.pop()();
  assert.equal(await world.ask({ kind: "banner-late" }, TAB), null, "nothing was found after all");
});

test("where more mails never end than there are workers, the oldest makes way for the next", async () => {
  const all = Array.from({ length: 6 }, (_, at) => ENDLESS + 100 + at);
  for (const id of all) store.set(id, /** @type {Uint8Array} */ (store.get(ENDLESS)));
  const stuck = all.map((id) => world.ask({ kind: "dissection-of", messageId: id }));
  assert.equal((await Promise.race(stuck)).cause, "too-slow");
  await until(() => held.length === 6);
  store.set(OTHER, /** @type {Uint8Array} */ (store.get(SEED)));
  world.shown.set(TAB, [OTHER]);
  assert.equal((await world.ask({ kind: "banner-ask" }, TAB)).level, "dangerous");
  assert.ok(ended.length >= 3, "two for those that waited, one for the last");
  for (const release of held) release();
  const answers = await Promise.all(stuck);
  assert.deepEqual(new Set(answers.map(({ state }) => state)), new Set(["failed", "report"]));
});

test("a mail at which the core breaks down says so in its banner and on the button", async () => {
  world.show(TAB, BREAKING);
  const content = await world.ask({ kind: "banner-ask" }, TAB);
  assert.match(content.sentence, /could not be checked/);
  await until(() => world.buttons.get(TAB)?.title?.includes("broke down"));
});
