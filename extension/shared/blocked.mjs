/**
 * Senders that the reader wants to hear no more of. Add-ons cannot have Thunderbird filter mail, so that a mail of theirs
 * has a banner that says so, whatever else is found.
 */

/**
 * The entry of the reader's list that an author's address falls under: the address itself, its domain, or one above it.
 * @param {readonly string[]} blocked Addresses and domains in lower case.
 * @param {string} author
 * @returns {string | null}
 */
export function blockedBy(blocked, author) {
  const address = author.toLowerCase();
  const host = address.split("@").at(-1) ?? "";
  return blocked.find((entry) => (entry.includes("@") ? entry === address : host === entry || host.endsWith(`.${entry}`))) ?? null;
}
