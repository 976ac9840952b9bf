/** Settings: defaults, values that are broken one by one, and saving. */
import assert from "node:assert/strict";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { PACKAGE, thunderbird } from "./fakes.mjs";

let world;
let settings;
const copies = [];

after(() => Promise.all(copies.map((folder) => rm(folder, { recursive: true }))));

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
  assert.deepEqual(world.stored.settings, { version: 1, trustedDomains: ["example.com"], reportTo: ["abuse@example.net"], later: { kept: true } });
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

test("a corrupt store gives the defaults, and what is saved then is read", async () => {
  world.stored.settings = "\u0000 no settings";
  assert.deepEqual(await settings.loadSettings(), settings.DEFAULTS);
  assert.equal((await settings.saveSettings({ holdLinks: true })).holdLinks, true);
  assert.deepEqual(world.stored.settings, { version: 1, holdLinks: true });
});

test("a store that cannot be read gives the defaults", async () => {
  world.stored = new Proxy({}, { has: () => { throw new Error("disk"); } });
  const { loadSettings, DEFAULTS } = await import(new URL(`shared/settings.mjs?${Math.random()}`, PACKAGE));
  assert.deepEqual(await loadSettings(), DEFAULTS);
});

test("an update keeps what was chosen; a downgrade keeps what it does not know", async () => {
  world.stored.settings = { version: 0, trustedDomains: ["example.com"], holdLinks: true };
  assert.deepEqual(await settings.loadSettings(), { ...settings.DEFAULTS, trustedDomains: ["example.com"], holdLinks: true });
  world.stored.settings = { version: 7, holdLinks: true, sensitivity: "very-loud", later: [1] };
  assert.deepEqual(await reloaded(), { ...settings.DEFAULTS, holdLinks: true });
  await settings.saveSettings({ holdLinks: false });
  assert.deepEqual(world.stored.settings.later, [1]);
  assert.equal(world.stored.settings.sensitivity, "very-loud");
});

test("what the organisation locked stands above what is stored and cannot be changed; its presets stand below", async () => {
  world.managed = { ownDomains: ["example.org"], sensitivity: "cautious", presets: { holdLinks: true, language: "ja" } };
  world.stored.settings = { ownDomains: ["mine.example"], language: "en" };
  const { loadSettings, saveSettings } = await fresh();
  const expected = { ownDomains: ["example.org"], sensitivity: "cautious", holdLinks: true, language: "en" };
  assert.deepEqual(await loadSettings(), { ...settings.DEFAULTS, ...expected });
  const saved = await saveSettings({ sensitivity: "quiet", holdLinks: false });
  assert.deepEqual([saved.sensitivity, saved.holdLinks], ["cautious", false]);
  assert.deepEqual(world.stored.settings, { version: 1, ownDomains: ["mine.example"], language: "en", holdLinks: false });
});

test("a broken policy is told, entry by entry, and the rest of it is in force", async () => {
  const { loadPolicy } = await fresh();
  world.managed = { trustedDomains: ["example.com", "no domain"], holdLinks: "yes", unknown: 1, presets: [] };
  const { locked, presets, problems } = await loadPolicy();
  assert.deepEqual([locked, presets], [{ trustedDomains: ["example.com"] }, {}]);
  assert.deepEqual(problems.map(({ key, values }) => [key, ...values]), [
    ["import_value", "trustedDomains", '"no domain"'],
    ["import_value", "holdLinks", '"yes"'],
    ["import_value", "presets", "[]"],
  ]);
});

/** The modules as after a start: what they know is read anew. */
async function fresh() {
  const folder = await freshCopy();
  return { ...(await import(new URL("settings.mjs", folder))), ...(await import(new URL("policy.mjs", folder))) };
}

async function reloaded() {
  return (await fresh()).loadSettings();
}

/** A copy of the shared modules elsewhere: those that they import are new as well. */
async function freshCopy() {
  const folder = await mkdtemp(join(tmpdir(), "mekiki-"));
  await cp(new URL("shared/", PACKAGE), folder, { recursive: true });
  copies.push(folder);
  return pathToFileURL(`${folder}/`);
}
