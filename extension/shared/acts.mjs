/**
 * What the add-on can do about mail, one or many, and what it must be allowed for that. Nothing of it is asked for before the reader
 * wants it done.
 *
 * Blocking a sender is not among it: add-ons have no way to Thunderbird's filters. What Mekiki can do is shared/blocked.mjs.
 *
 * @typedef {"junk" | "trash" | "delete" | "tag"} Act
 * @typedef {"done" | "marked" | "copied" | "refused" | "failed"} ActOutcome `marked`: as junk, but its account has no folder
 *   to move it to. `copied`: it lies where it was to go, and where it was as well.
 * @typedef {{ act: Act, outcome: ActOutcome, done: readonly number[], failed: number }} Acted What came of it: the least
 *   that was done where there are several, the messages done, and how many could not be.
 */

/** @type {Readonly<Record<Act, readonly string[]>>} */
export const PERMISSIONS = {
  junk: ["messagesUpdate", "messagesMove", "accountsRead"],
  trash: ["messagesMove", "accountsRead"],
  delete: ["messagesDelete"],
  tag: ["messagesUpdate", "messagesTags"],
};

export const ACTS = /** @type {readonly Act[]} */ (Object.keys(PERMISSIONS));
