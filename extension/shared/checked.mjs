/**
 * Settings from elsewhere, a file or the reader's organisation, checked one by one: by the same readers as those that are
 * stored, but what is wrong is told.
 *
 * @import {Settings} from "./settings.mjs"
 *
 * @typedef {{ key: string, values: readonly string[] }} Problem The text of what is wrong, and what it names.
 */
import { MOST, MOSTS, READERS } from "./settings.mjs";
import { cut, visible } from "./texts.mjs";

/**
 * @param {Readonly<Record<string, unknown>>} given
 * @returns {{ settings: Partial<Settings>, problems: readonly Problem[] }} What can be used, broken entries of lists left
 *   out, and everything that is wrong. Names that are no settings are passed over.
 */
export function checked(given) {
  /** @type {[string, unknown][]} */
  const settings = [];
  /** @type {Problem[]} */
  const problems = [];
  for (const [name, reader] of Object.entries(READERS)) {
    if (!Object.hasOwn(given, name)) continue;
    const stored = given[name];
    const value = reader(stored);
    if (value === undefined) {
      problems.push({ key: "import_value", values: [name, told(stored)] });
      continue;
    }
    settings.push([name, value]);
    if (!Array.isArray(stored)) continue;
    const most = MOSTS[name] ?? MOST;
    if (stored.length > most) problems.push({ key: "import_many", values: [name, String(most)] });
    const broken = stored.find((entry) => isNone(reader([entry])));
    if (broken !== undefined) problems.push({ key: "import_value", values: [name, told(broken)] });
  }
  return { settings: Object.fromEntries(settings), problems };
}

/**
 * @param {unknown} read
 */
function isNone(read) {
  return Array.isArray(read) && read.length === 0;
}

/**
 * A value as it was given.
 * @param {unknown} value
 */
function told(value) {
  return visible(cut(JSON.stringify(value)));
}
