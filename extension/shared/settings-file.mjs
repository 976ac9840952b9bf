/**
 * The settings as a file, to be kept or taken to another machine: JSON with a version. Unlike what is stored, a file that
 * is broken anywhere is refused as a whole, and says where.
 *
 * @import {Problem} from "./checked.mjs"
 * @import {Settings} from "./settings.mjs"
 *
 * @typedef {{ settings: Partial<Settings> } | { problem: Problem }} Read Settings that the file does not name stay as
 *   they are.
 */
import { checked } from "./checked.mjs";
import { VERSION } from "./settings.mjs";

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
  const { settings, problems } = checked(file);
  return problems[0] ? { problem: problems[0] } : { settings };
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
