/**
 * What can be done with suspicious mail as it arrives, by the name of its setting, and what must be allowed for that.
 * Nothing of it is asked for before the reader switches it on.
 */

/** @type {Readonly<Record<"tagArrivals" | "notifyArrivals", readonly string[]>>} */
export const ARRIVALS = {
  tagArrivals: ["accountsRead", "messagesUpdate", "messagesTags"],
  notifyArrivals: ["accountsRead", "notifications"],
};
