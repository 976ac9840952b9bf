/**
 * The settings as a file, to be kept or taken to another machine: JSON with a version. Unlike what is stored, a file that
 * is broken anywhere is refused as a whole, and says where.
 *
 * @import {Settings} from "./settings.mjs"
 *
 * @typedef {{ key: string, values: readonly string[] }} Problem The text of what is wrong, and what it names.
 * @typedef {{ settings: Partial<Settings> } | { problem: Problem }} Read Settings that the file does not name stay as
 *   they are.
 */
import { MOST, READERS, VERSION } from "./settings.mjs";
import { cut, escaped } from "./texts.mjs";

/** What tells it from other files. */
const KIND = "mekiki-settings";

/** Largest file that is read, in bytes: more than all settings at their longest. */
export const LARGEST = 2_000_000;

/**
 * @param {Settings} settings
 */
export function writtenSettings(settings) {
  return `${JSON.stringify({ kind: KIND, version: VERSION, ...settings }, null, 2)}\n`;
}

/**
 * @param {string} text
 * @returns {Read}
 */
export function readSettings(text) {
  const file = parsed(text);
  if (file?.kind !== KIND) return problem("import_foreign");
  const { version } = file;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) return problem("import_foreign");
  if (version > VERSION) return problem("import_later");
  /** @type {[string, unknown][]} */
  const settings = [];
  for (const [name, reader] of Object.entries(READERS)) {
    if (!Object.hasOwn(file, name)) continue;
    const stored = file[name];
    const value = reader(stored);
    if (value === undefined) return problem("import_value", name, told(stored));
    if (Array.isArray(stored)) {
      if (stored.length > MOST) return problem("import_many", name, String(MOST));
      const broken = stored.findIndex((entry) => String(reader([entry])) === "");
      if (broken !== -1) return problem("import_value", name, told(stored[broken]));
    }
    settings.push([name, value]);
  }
  return { settings: Object.fromEntries(settings) };
}

/**
 * @param {string} text
 * @returns {Record<string, unknown> | null}
 */
function parsed(text) {
  try {
    const file = JSON.parse(text);
    return typeof file === "object" ? file : null;
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {...string} values
 * @returns {Read}
 */
function problem(key, ...values) {
  return { problem: { key, values } };
}

/**
 * A value as the file has it.
 * @param {unknown} value
 */
function told(value) {
  return escaped(cut(JSON.stringify(value)));
}
