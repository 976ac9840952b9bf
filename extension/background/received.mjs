/**
 * What lies in Thunderbird but did not come as mail: drafts, templates, sent mail, what waits to be sent, news of feeds and
 * groups. There is nobody in it who could be somebody else.
 *
 * @import {Report} from "../core/mekiki.js"
 */

/** Uses of folders for what the user writes. */
const OWN = ["drafts", "templates", "sent", "outbox"];

/** Kinds of accounts whose messages are no mail. */
export const NO_MAIL = ["rss", "nntp"];

/** What whoever received a message writes over it. */
const RECEIVERS = ["return-path", "delivered-to", "authentication-results", "x-original-to", "envelope-to"];

/**
 * Whether a message lies where no mail arrives. Thunderbird tells where it lies with the permission `accountsRead` only.
 * @param {MessageHeader} message
 */
export async function isKeptApart({ folder }) {
  if (!folder) return false;
  if (folder.specialUse?.some((use) => OWN.includes(use))) return true;
  const account = await messenger.accounts.get(folder.accountId);
  return account !== null && NO_MAIL.includes(account.type);
}

/**
 * The same by the message's own marks: nobody received it. A sender cannot bring that about, since the recipient's host
 * writes its lines over whatever arrives; mail in the user's own name has them too where it came from outside. Whoever
 * saved a file may have left them out.
 * @param {MessageHeader} message
 * @param {Report} report
 */
export function neverArrived({ external }, { trail, header }) {
  if (external || header.some(({ name }) => RECEIVERS.includes(name.toLowerCase()))) return false;
  // Thunderbird itself writes "Received: by localhost" over news of a feed.
  return trail.every(({ by, ip, greeting, reverseName }) => by === "localhost" && !ip && !greeting && !reverseName);
}
