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

/** What must be allowed to know where a message lies. */
const PERMISSION = { permissions: ["accountsRead"] };

/**
 * Whether a message lies where no mail arrives, as far as that may be known: what cannot be keeps no mail from being judged.
 * @param {MessageHeader} message
 */
export async function isKeptApart({ folder }) {
  if (folder?.specialUse?.some((use) => OWN.includes(use))) return true;
  try {
    // Thunderbird goes on telling folders for a while after that was taken back, but no accounts.
    if (!folder || !(await messenger.permissions.contains(PERMISSION))) return false;
    const account = await messenger.accounts.get(folder.accountId);
    return account !== null && NO_MAIL.includes(account.type);
  } catch {
    return false;
  }
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
