/** The page that opens once: only at the first start, with an example that was really judged. */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { parseHTML } from "linkedom";
import { PACKAGE, fetchFromPackage, thunderbird, until } from "./fakes.mjs";

let world;

before(async () => {
  fetchFromPackage();
  world = thunderbird();
  await import(new URL("background/main.mjs", PACKAGE));
});

test("it opens when the add-on is installed, and not when it is updated", async () => {
  for (const reason of ["update", "browser_update"]) world.onInstalled.fire({ reason });
  await until(() => world.done.filter(([what]) => what === "menus.create").length === 10);
  assert.deepEqual(world.created, []);
  world.onInstalled.fire({ reason: "install" });
  await until(() => world.created.length === 1);
  assert.match(world.created[0], /welcome\/welcome\.html$/);
});

test("its example is judged live, in the reader's language, and leads nowhere", async () => {
  const { drawWelcome } = await import(new URL("welcome/view.mjs", PACKAGE));
  const { loadTexts } = await import(new URL("shared/texts.mjs", PACKAGE));
  const background = globalThis.document;
  for (const language of ["en", "ja"]) {
    await world.ask({ kind: "settings-change", changes: { language } });
    const example = await world.ask({ kind: "example-ask" });
    assert.equal(example.report.level, "dangerous");
    assert.match(example.report.subject, language === "ja" ? /\u5229\u7528\u505C\u6B62/ : /suspended/);
    const { document } = parseHTML("<main></main>");
    globalThis.document = document;
    const main = document.querySelector("main");
    const texts = await loadTexts(language);
    main.append(...drawWelcome(example, texts));
    assert.equal(main.querySelector(".sample .sentence").textContent, texts.get("level_dangerous"));
    assert.equal(main.querySelectorAll(".sample li").length, 3);
    const place = ({ id }) => ["sender", "auth", "path", "link", "text", "mime"].indexOf(id.split(".")[0]);
    const byKind = example.report.signs.slice(0, 4).toSorted((one, other) => place(one) - place(other));
    assert.deepEqual([...main.querySelectorAll("#signs [data-sign]")].map(({ dataset }) => dataset.sign), byKind.map(({ id }) => id));
    assert.equal(main.querySelectorAll("a, form, input").length, 0);
    assert.doesNotMatch(main.textContent, /welcome_|level_|\$/);
    main.querySelector("button.settings").click();
    globalThis.document = background;
  }
  assert.equal(world.done.filter(([what]) => what === "options").length, 2);
});

test("where the example cannot be judged, the rest of the page stands", async () => {
  const { drawWelcome } = await import(new URL("welcome/view.mjs", PACKAGE));
  const { loadTexts } = await import(new URL("shared/texts.mjs", PACKAGE));
  const { document } = parseHTML("<main></main>");
  globalThis.document = document;
  document.querySelector("main").append(...drawWelcome({ state: "failed", cause: "broken-down", reason: "", messageId: -1 }, await loadTexts("en")));
  assert.deepEqual([...document.querySelectorAll("section")].map(({ id }) => id), ["button", "private", "more"]);
});
