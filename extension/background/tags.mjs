/**
 * Tags of the add-on's own, made when they are first put on a message. Needs `messagesTags` and `messagesUpdate`.
 */

const COLOUR = "#B3001B";

/**
 * @param {number} messageId
 * @param {string} key Of the tag.
 * @param {string} name As the reader sees it, where the tag is not there yet.
 */
export async function putTag(messageId, key, name) {
  try {
    await messenger.messages.tags.create(key, name, COLOUR);
  } catch {
    // It is there already.
  }
  const { tags = [] } = await messenger.messages.get(messageId);
  await messenger.messages.update(messageId, { tags: [...new Set([...tags, key])] });
}
