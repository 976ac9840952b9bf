/**
 * What the reader's organisation set, by Thunderbird's managed storage (docs/settings.md). Settings that it names are
 * locked; those under `presets` are where the reader begins. What is broken is told on the page of settings and not used.
 *
 * @import {Problem} from "./checked.mjs"
 * @import {Settings} from "./settings.mjs"
 *
 * @typedef {object} Policy
 * @property {Partial<Settings>} locked
 * @property {Partial<Settings>} presets
 * @property {readonly Problem[]} problems
 */
import { checked } from "./checked.mjs";

/** Under what the presets stand, beside the settings that are locked. */
const PRESETS = "presets";

/** @type {Promise<Policy> | null} */
let known = null;

/**
 * Read once: Thunderbird takes another one when it starts.
 * @returns {Promise<Policy>}
 */
export function loadPolicy() {
  known ??= managed().then(read);
  return known;
}

/**
 * @returns {Promise<Readonly<Record<string, unknown>>>} Empty where there is none.
 */
async function managed() {
  try {
    return await messenger.storage.managed.get(null);
  } catch {
    // Nobody manages this Thunderbird, or what it was given is no JSON, which Thunderbird itself tells.
    return {};
  }
}

/**
 * @param {Readonly<Record<string, unknown>>} given
 * @returns {Policy}
 */
function read(given) {
  const presets = given[PRESETS] ?? {};
  const isObject = typeof presets === "object" && !Array.isArray(presets);
  const locked = checked(given);
  const begun = checked(isObject ? /** @type {Record<string, unknown>} */ (presets) : {});
  /** @type {Problem[]} */
  const shape = isObject ? [] : [{ key: "import_value", values: [PRESETS, JSON.stringify(presets).slice(0, 100)] }];
  return { locked: locked.settings, presets: begun.settings, problems: [...locked.problems, ...begun.problems, ...shape] };
}
