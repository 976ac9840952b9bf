/** The check of many messages: the queue, the worker, listing, rows, and how a check rests, goes on and is kept. */
import assert from "node:assert/strict";
import { before, beforeEach, test } from "node:test";
import { PACKAGE, fetchFromPackage, message, strict, thunderbird, until } from "./fakes.mjs";

let queue, rows, lists, kept, Check, Judge, core, world;

before(async () => {
  fetchFromPackage();
  world = thunderbird();
  const load = (path) => import(new URL(path, PACKAGE));
  [queue, rows, lists, kept, core] = await Promise.all(["scan/queue.mjs", "scan/rows.mjs", "scan/lists.mjs", "shared/check.mjs", "shared/core.mjs"].map(load));
  ({ Check } = await load("scan/check.mjs"));
  ({ Judge } = await load("shared/judge.mjs"));
});

beforeEach(() => {
  for (const key of Object.keys(world.stored)) delete world.stored[key];
});

/** Work that a test lets go on, one at a time. */
function gate() {
  const waiting = [];
  return {
    waiting,
    hold: () => new Promise((resolve) => waiting.push(resolve)),
    open: () => waiting.shift()(),
  };
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 5));

test("a few messages at a time, and never many bytes at once", async () => {
  const { waiting, hold, open } = gate();
  const sizes = [1, 1, 1, 1, queue.BUDGET, 1, queue.BUDGET * 2];
  let most = 0;
  let held = 0;
  const done = queue.workThrough(
    sizes.map((size) => ({ size })),
    async ({ size }) => {
      held += size;
      most = Math.max(most, waiting.length + 1);
      assert.ok(held <= queue.BUDGET || waiting.length === 0, `${held} bytes at once`);
      await hold();
      held -= size;
    },
    () => false,
  );
  for (let left = sizes.length; left > 0; left--) {
    await until(() => waiting.length > 0);
    await tick();
    open();
  }
  await done;
  assert.equal(most, queue.MOST_AT_ONCE);
});

test("stopped, nothing new begins and what is going on ends", async () => {
  const { waiting, hold, open } = gate();
  const begun = [];
  let isStopped = false;
  const done = queue.workThrough([1, 2, 3, 4, 5].map((number) => ({ number, size: 1 })), async ({ number }) => (begun.push(number), hold()), () => isStopped);
  await until(() => waiting.length === queue.MOST_AT_ONCE);
  isStopped = true;
  while (waiting.length > 0) {
    open();
    await tick();
  }
  await done;
  assert.deepEqual(begun, [1, 2, 3]);
});

const row = (id, changes = {}) => ({ ...rows.rowOf({ id, headerMessageId: `${id}@example.net`, subject: `s${id}`, author: "A <a@example.net>", size: 10, date: new Date(id * 1000) }), ...changes });

test("rows are sorted by each column both ways, the gravest first, and chosen by outcome", () => {
  const all = [
    row(1, { outcome: "none", from: "b", folder: "x" }), row(2, { outcome: "dangerous", score: 4, from: "C", folder: "y" }),
    row(3, { outcome: "unchecked", from: "a", folder: "x" }), row(4, { outcome: "dangerous", score: 9, from: "\u00e1", folder: "z" }),
    row(5, { outcome: "suspicious", score: 1, from: "d", folder: "w" }), row(6, { outcome: null }),
  ];
  const ids = (column, isDown, shown = rows.OUTCOMES) => rows.arranged(all, new Set(shown), { column, isDown }, "en").map(({ id }) => id);
  assert.deepEqual(ids("outcome", true), [4, 2, 5, 3, 1]);
  assert.deepEqual(ids("outcome", false), [1, 3, 5, 2, 4]);
  assert.deepEqual(ids("from", false), [4, 3, 1, 2, 5]);
  assert.deepEqual(ids("date", true), [5, 4, 3, 2, 1]);
  assert.deepEqual(ids("folder", false), [5, 3, 1, 2, 4]);
  assert.deepEqual(ids("outcome", true, ["dangerous"]), [4, 2]);
  assert.deepEqual(rows.countsOf(all), { dangerous: 2, suspicious: 1, unchecked: 1, notice: 0, none: 1 });
});

test("a row is small, whatever a sender wrote", async () => {
  const long = "\u{1F600}".repeat(5_000);
  const made = rows.rowOf({ id: 1, headerMessageId: "x", subject: long, author: long, date: new Date("broken") });
  assert.ok(JSON.stringify(made).length < 2_000);
  assert.ok(made.subject.isWellFormed() && made.date === 0);
  const report = await core.judge(await message("hostile/seed-kagoya-utf-8-html.eml"));
  const judged = rows.judgedOf({ ...report, subject: long, from: { ...report.from, name: long } });
  assert.ok(JSON.stringify(judged).length < 3_000 && judged.from.isWellFormed());
  assert.equal(judged.outcome, "dangerous");
  assert.equal(judged.sign.id, report.signs[0].id);
});

/** A worker that a test answers for. */
function worker(answer) {
  const listeners = { message: new Set(), error: new Set() };
  const made = {
    ended: false,
    terminate: () => (made.ended = true),
    addEventListener: (name, listener, { signal }) => {
      listeners[name].add(listener);
      signal.addEventListener("abort", () => listeners[name].delete(listener));
    },
    postMessage: async (question) => {
      const data = await answer(question);
      const [name, event] = data === "crash" ? ["error", { message: "crash" }] : ["message", { data }];
      for (const listener of listeners[name]) listener(event);
    },
  };
  return made;
}

test("the worker is asked one message after the other, and started anew where it broke down or grew", async () => {
  const started = [];
  const answers = [];
  const judge = new Judge(() => {
    const made = worker(async ({ file }) => {
      answers.push(file.size);
      return { 1: { made: "one" }, 2: { error: "trap" }, 3: "crash", 4: { made: "four" }, 9_000_000: { made: "large" } }[file.size];
    });
    started.push(made);
    return made;
  }, 60_000);
  const asked = [1, 2, 3, 9_000_000, 4].map((size) => judge.judge({ size }, {}));
  assert.deepEqual((await Promise.allSettled(asked)).map(({ value, reason }) => value ?? reason.message), ["one", "trap", "crash", "large", "four"]);
  assert.deepEqual(answers, [1, 2, 3, 9_000_000, 4]);
  assert.deepEqual(started.map(({ ended }) => ended), [true, true, true, false]);
  judge.end();
  assert.ok(started.every(({ ended }) => ended));
});

test("lists are read to their end; where Thunderbird stops, that is told", async () => {
  const continued = { two: { id: null, messages: [3] } };
  globalThis.messenger = strict("messenger", { ...globalThis.messenger, messages: strict("messages", { continueList: async (id) => continued[id] ?? new Promise(() => {}) }) });
  const pages = async (first) => {
    const found = [];
    for await (const page of lists.pagesOf(first, 20)) found.push(page);
    return found;
  };
  assert.deepEqual(await pages(Promise.resolve({ id: "two", messages: [1, 2] })), [[1, 2], [3]]);
  assert.deepEqual(await pages(Promise.resolve({ id: "stuck", messages: [1] })), [[1], new lists.Stalled(0)]);
  assert.deepEqual(await pages(new Promise(() => {})), [new lists.Stalled(0)]);
  world = thunderbird();
});

test("a folder is listed around a message that Thunderbird fails on", { timeout: 60_000 }, async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const dates = [0, 1_000, 86_400_000, 1_686_461_525_000, 1_686_461_526_000, 4_000_000_000_000];
  const bad = 1_686_461_525_000;
  const query = async ({ fromDate, toDate }) => {
    const within = dates.filter((date) => (!fromDate || date >= fromDate.getTime()) && (!toDate || date <= toDate.getTime()));
    return within.includes(bad) ? new Promise(() => {}) : { id: null, messages: within };
  };
  globalThis.messenger = strict("messenger", { messages: strict("messages", { query }) });
  const found = [];
  const listing = (async () => {
    for await (const page of lists.folderPages("account1://x", false)) found.push(...(page instanceof lists.Stalled ? [page] : page));
  })();
  let isDone = false;
  void listing.then(() => (isDone = true));
  while (!isDone) {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    context.mock.timers.tick(10_000);
  }
  await listing;
  assert.deepEqual(found.filter((one) => one instanceof lists.Stalled), [new lists.Stalled(bad)]);
  assert.deepEqual(found.filter((one) => !(one instanceof lists.Stalled)), dates.filter((date) => date !== bad));
  world = thunderbird();
});

/** A check of so many messages, over a Thunderbird that has them. */
function checkOf(count, { judge = async () => ({ outcome: "none" }), messages = {} } = {}) {
  globalThis.messenger = strict("messenger", {
    storage: globalThis.messenger.storage,
    messages: strict("messages", {
      get: async (id) => ({ headerMessageId: `${id}@example.net`, ...messages[id] }),
      getRaw: async (id) => {
        if (messages[id]?.isUnreadable) throw new Error("offline");
        if (messages[id]?.isStuck) await new Promise(() => {});
        return { size: id };
      },
    }),
  });
  const head = { origin: "list", place: ["1"], name: "", begun: 1, isFolded: false, state: "running", isServerSilent: false, count, more: null };
  const all = Array.from({ length: count }, (_, at) => row(at + 1));
  return new Check(head, all, { judge: { judgeWhole: judge, end: () => undefined }, context: async (id, file) => ({ id, file }), changed: () => undefined });
}

test("a check looks at everything, each with its own context, and tells what it could not", async () => {
  const asked = [];
  const messages = { 2: { headersOnly: true }, 3: { isUnreadable: true }, 4: { headerMessageId: "another@example.net" } };
  const check = checkOf(7, { messages, judge: async (file, context) => {
    asked.push([file.size, context.id, context.file.size]);
    if (file.size === 5) throw new Error("trap");
    return { outcome: "dangerous", score: 5 };
  } });
  check.rows[5].size = 2 ** 30;
  await check.go();
  assert.deepEqual(check.rows.map(({ outcome, cause }) => cause ?? outcome), ["dangerous", "incomplete", "unreadable", "unreadable", "broken-down", "too-large", "dangerous"]);
  assert.deepEqual(asked, [[1, 1, 1], [5, 5, 5], [7, 7, 7]]);
  assert.equal(check.head.state, "done");
});

test("paused, it goes on where it rested, also in another page", async () => {
  const { waiting, hold, open } = gate();
  const count = 450;
  let judged = 0;
  const check = checkOf(count, { judge: async () => {
    judged += 1;
    if (judged > 210 && judged <= 213) await hold();
    return { outcome: "none" };
  } });
  await kept.beginCheck(check.head, check.rows);
  const going = check.go();
  await until(() => waiting.length > 0);
  const stopping = check.stop("paused");
  while (judged < 210 || waiting.length > 0) {
    if (waiting.length > 0) open();
    await tick();
  }
  await Promise.all([going, stopping]);
  assert.ok(judged < count && check.checked === judged);

  const { head, rows: found } = await kept.loadCheck();
  assert.deepEqual([head.state, found.length], ["paused", count]);
  const again = checkOf(count, { judge: async () => (judged += 1, { outcome: "none" }) });
  again.head = head;
  again.rows = found;
  assert.equal(again.checked, judged);
  await again.go();
  assert.equal(again.checked, judged, "paused, it rests");
  await again.goOn();
  assert.deepEqual([judged, again.checked, again.head.state], [count, count, "done"]);
  assert.ok((await kept.loadCheck()).rows.every(({ outcome }) => outcome === "none"));
});

test("where the server goes away it rests, says so, and asks once more for what did not come", async () => {
  const messages = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [at + 11, { isUnreadable: true }]));
  const check = checkOf(40, { messages });
  await check.go();
  assert.deepEqual([check.head.state, check.head.isServerSilent], ["paused", true]);
  const came = check.rows.filter(({ outcome }) => outcome === "none").length;
  assert.ok(came === 10 && check.checked <= came + 5, `${check.checked} were looked at`);
  const { head, rows: found } = await kept.loadCheck();
  assert.deepEqual([head.isServerSilent, found.filter(({ outcome }) => outcome === "none").length], [true, came]);
  await check.goOn();
  assert.deepEqual([check.head.state, check.head.isServerSilent], ["paused", true], "it is still away");
  for (const message of Object.values(messages)) delete message.isUnreadable;
  await check.goOn();
  assert.deepEqual([check.head.state, check.head.isServerSilent, check.rows.filter(({ outcome }) => outcome === "none").length], ["done", false, 40]);
});

test("a message that never comes is given up, and waiting for it is told", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const check = checkOf(5, { messages: { 3: { isStuck: true } } });
  let isDone = false;
  void check.go().then(() => (isDone = true));
  let most = 0;
  for (let second = 0; second < 40 && !isDone; second += 1) {
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    most = Math.max(most, check.awaited);
    context.mock.timers.tick(1_000);
  }
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
  assert.deepEqual(check.rows.map(({ outcome, cause }) => cause ?? outcome), ["none", "none", "unreadable", "none", "none"]);
  assert.deepEqual([check.head.state, most, check.awaited], ["done", 1, 0]);
});

test("cancelled, it keeps what it found and does not go on", async () => {
  const { waiting, hold, open } = gate();
  const check = checkOf(20, { judge: async () => (await hold(), { outcome: "dangerous" }) });
  const going = check.go();
  await until(() => waiting.length > 0);
  const stopping = check.stop("cancelled");
  while (waiting.length > 0) {
    open();
    await tick();
  }
  await Promise.all([going, stopping]);
  await check.go();
  assert.equal(check.head.state, "cancelled");
  assert.ok(check.checked > 0 && check.checked <= 3);
});

test("what is listed twice is looked at once, and the next check forgets the one before", async () => {
  const check = checkOf(0);
  const header = (id) => ({ id, headerMessageId: `${id}@example.net`, subject: "", author: "", size: 1 });
  check.head.state = "listing";
  await check.list((async function* () {
    yield Array.from({ length: 300 }, (_, at) => header(at + 1));
    yield new lists.Stalled(0);
    yield [header(1), header(301)];
    yield new lists.Stalled(0);
  })());
  assert.deepEqual([check.rows.length, check.head.state, check.rows.at(-1).cause], [302, "running", null]);
  assert.deepEqual(check.rows.filter(({ id }) => id === 0).map(({ cause }) => cause), ["unlisted"]);
  assert.equal((await kept.loadCheck()).rows.length, 302, "a page loaded again now would look at some of them only");
  await check.go();
  assert.deepEqual(Object.keys(world.stored).sort(), ["check", "check.0", "check.1"]);
  await kept.beginCheck({ ...check.head, count: 1 }, [row(1)]);
  assert.deepEqual(Object.keys(world.stored).sort(), ["check", "check.0"]);
  await kept.forgetCheck();
  assert.deepEqual(world.stored, {});
  assert.equal(await kept.loadCheck(), null);
});
