/**
 * The add-on store's own linter over the package: nothing may be found but what follows from its knowing Firefox alone.
 * Usage: store-lint.mjs PACKAGE
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** Permissions of Thunderbird's that the linter does not know. */
const THUNDERBIRDS = ["messagesRead", "messagesUpdate", "messagesMove", "messagesDelete", "messagesTags", "accountsRead", "addressBooks"];

/** A key that Thunderbird 128 does not know yet; with it the linter asks for a later version, without it for the key. */
const TOO_NEW = "MISSING_DATA_COLLECTION_PERMISSIONS";

const linter = fileURLToPath(new URL("../../node_modules/.bin/addons-linter", import.meta.url));
const { stdout } = await promisify(execFile)(linter, ["--output", "json", process.argv[2] ?? ""]).catch((error) => error);
const { errors, warnings, notices } = JSON.parse(stdout);
const isKnown = ({ code, message }) =>
  code === TOO_NEW ||
  (code === "MANIFEST_PERMISSIONS" || code === "MANIFEST_OPTIONAL_PERMISSIONS") && THUNDERBIRDS.some((permission) => message.includes(`"${permission}"`));
const found = [...errors, ...warnings, ...notices].filter((one) => !isKnown(one));
for (const { _type, code, message, file, line } of found) console.error(`${_type} ${code}: ${message} (${file ?? ""}:${line ?? ""})`);
console.log(`store linter: ${found.length} findings`);
process.exitCode = found.length === 0 ? 0 : 1;
