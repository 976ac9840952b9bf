/**
 * What the mail that the user opens teaches. Mail that only arrives, or is checked among many, teaches nothing: anybody
 * could send it for that.
 */
import { dissect } from "./dissections.mjs";
import { learnReceiver } from "./receivers.mjs";

/**
 * @param {readonly MessageHeader[]} displayed What a tab shows now.
 * @returns {Promise<void>}
 */
export async function learnFrom(displayed) {
  const only = displayed.length === 1 ? displayed[0] : undefined;
  if (!only) return;
  const dissection = await dissect(only.id);
  if (dissection.state === "report") await learnReceiver(only, dissection.report);
}
