/** Settings: defaults, values that are broken one by one, and saving. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PACKAGE, thunderbird } from "./fakes.mjs";

let world;
let settings;

beforeEach(async () => {
  world = thunderbird();
  settings = await import(new URL(`shared/settings.mjs?${Math.random()}`, PACKAGE));
});

test("nothing stored, or nothing that can be read: the defaults", async () => {
  for (const stored of [undefined, null, 1, "x", [], {}]) {
    const { loadSettings, DEFAULTS } = await import(new URL(`shared/settings.mjs?${Math.random()}`, PACKAGE));
    world.stored.settings = stored;
    assert.deepEqual(await loadSettings(), DEFAULTS);
  }
});

test("a broken value falls back alone, a broken entry is left out alone", async () => {
  world.stored.settings = { trustedDomains: ["Example.com", 1, "no domain", "a@example.net", "example.com", "<b>.example"], reportTo: "all", holdLinks: "yes", bannerFrom: "notice", tagArrivals: 1, notifyArrivals: "true", language: "xx", later: true };
  assert.deepEqual(await settings.loadSettings(), { ...settings.DEFAULTS, trustedDomains: ["example.com", "a@example.net"] });
});

test("saving changes what is named, keeps the rest, and what a later version stored", async () => {
  world.stored.settings = { trustedDomains: ["example.com"], later: { kept: true } };
  await settings.saveSettings({ reportTo: ["abuse@example.net"] });
  assert.deepEqual(world.stored.settings, { ...settings.DEFAULTS, version: 1, trustedDomains: ["example.com"], reportTo: ["abuse@example.net"], later: { kept: true } });
});

test("two that save at once lose nothing", async () => {
  const add = (domain) => settings.saveSettings(({ trustedDomains }) => ({ trustedDomains: [...trustedDomains, domain] }));
  await Promise.all([add("a.example"), add("b.example"), add("c.example")]);
  assert.deepEqual((await settings.loadSettings()).trustedDomains, ["a.example", "b.example", "c.example"]);
});

test("what another page saved is seen", async () => {
  let changed = 0;
  settings.watchSettings(() => (changed += 1));
  await settings.loadSettings();
  world.stored.settings = { trustedDomains: ["example.org"] };
  world.onStorageChanged.fire({ settings: {} }, "local");
  assert.equal(changed, 1);
  assert.deepEqual((await settings.loadSettings()).trustedDomains, ["example.org"]);
  world.onStorageChanged.fire({ other: {} }, "local");
  assert.equal(changed, 1);
});
