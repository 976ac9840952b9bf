/**
 * Masking the recipient in what is shown to others: the address wherever it stands, written out, percent-encoded, in
 * hexadecimal, in base64 or quoted-printable, alone or inside something longer; and the names it goes by.
 */

/** What stands in place of the recipient. */
const MASK = "***";

/** Beginnings of addresses that say nothing of a person. */
const OFFICES = new Set([
  "abuse", "admin", "billing", "contact", "hello", "help", "info", "mail", "noreply", "office", "postmaster", "privacy",
  "root", "sales", "security", "service", "shop", "support", "team", "user", "webmaster",
]);

/** Shortest beginning of an address, and shortest name, masked where it stands alone: shorter ones are part of anything. */
const SHORTEST = 4;

/** Times that an encoded text may be encoded again. */
const DEEPEST = 3;

/** @typedef {(text: string) => string} Mask */

/**
 * @param {readonly string[]} addresses
 * @param {readonly string[]} names Display names.
 * @returns {Mask}
 */
export function maskOf(addresses, names = []) {
  const whole = addresses.map((address) => address.toLowerCase()).filter((address) => address.includes("@"));
  if (whole.length === 0 && names.length === 0) return (text) => text;
  const locals = whole
    .map((address) => address.slice(0, address.lastIndexOf("@")))
    .filter((local) => local.length >= SHORTEST && !OFFICES.has(local));
  const spoken = names.map((name) => name.trim()).filter((name) => [...name].length >= 2 && !OFFICES.has(name.toLowerCase()) && !whole.includes(name.toLowerCase()));
  // Longest first, or a short one would tear a long one apart.
  const longestFirst = (/** @type {string[]} */ words) => [...new Set(words)].sort((a, b) => b.length - a.length);
  const plain = new RegExp(longestFirst(whole).map(spelling).join("|") || "(?!)", "giu");
  // Not a part of a longer word; Latin letters alone set words apart.
  const alone = new RegExp(
    longestFirst([...locals, ...spoken]).map((word) => `(?<![a-z0-9])${spelling(word)}(?![a-z0-9])`).join("|") || "(?!)",
    "giu",
  );
  const hasAddress = (/** @type {string} */ text) => {
    const lower = text.toLowerCase().replaceAll("[.]", ".");
    return whole.some((address) => lower.includes(address));
  };
  return (text) =>
    text
      .replace(plain, MASK)
      .replace(/[\w.~+*'!%[\]-]+/g, (run) => (run.includes("%") && isEncoding(run, hasAddress) ? MASK : run))
      .replace(/[\w.+=[\]-]+/g, (run) => (run.includes("=") && hasAddress(quotedPrintable(run)) ? MASK : run))
      .replace(/[0-9a-f]{12,}/gi, (run) => (hasAddress(hexadecimal(run)) || hasAddress(hexadecimal(run.slice(1))) ? MASK : run))
      .replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => (inBase64(run, hasAddress) ? MASK : run))
      // Last: what is encoded is found whole.
      .replace(alone, MASK);
}

/**
 * An address, or a part of one, as it is, so that nobody can click it, and as return paths hold it (`bounce+taro=example.jp@example.net`).
 * @param {string} address
 */
function spelling(address) {
  return quoted(address).replaceAll("\\.", "(?:\\.|\\[\\.\\])").replace("@", "(?:@|\\[@\\]|=)");
}

/**
 * @param {string} text
 */
function quoted(text) {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/**
 * Whether percent-encoding, once or several times over, holds an address, or something that holds one.
 * @param {string} run
 * @param {(text: string) => boolean} holds
 */
function isEncoding(run, holds) {
  let text = run;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const next = text.replace(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
    if (next === text) return false;
    if (holds(next) || inBase64(next.replace(/[^A-Za-z0-9+/_-]/g, ""), holds)) return true;
    text = next;
  }
  return false;
}

/**
 * @param {string} run
 */
function quotedPrintable(run) {
  return run.replace(/=([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));
}

/**
 * @param {string} run
 */
function hexadecimal(run) {
  return (run.match(/../g) ?? []).map((code) => String.fromCharCode(parseInt(code, 16))).join("");
}

/**
 * Whether base64 that begins anywhere in a run holds an address.
 * @param {string} run
 * @param {(text: string) => boolean} holds
 * @param {number} [depth]
 * @returns {boolean}
 */
function inBase64(run, holds, depth = 0) {
  const bare = run.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  return [0, 1, 2, 3].some((start) => {
    const rest = bare.slice(start);
    const even = rest.length % 4 === 1 ? rest.slice(0, -1) : rest;
    if (even.length < 8) return false;
    const text = atob(even);
    if (holds(text) || (text.includes("%40") && isEncoding(text, holds))) return true;
    return depth < DEEPEST - 1 && (text.match(/[A-Za-z0-9+/_-]{8,}/g) ?? []).some((inner) => inBase64(inner, holds, depth + 1));
  });
}
