/**
 * Searches during which Thunderbird does nothing else. Whether one mail is opened, a hundred arrive or a folder is checked:
 * together they take a fifth of the time at most, and what would come too soon after the last is not looked for.
 */

/** How much longer than a search the time after it is without another. */
const TIMES = 4;

/** When the next may begin, by the page's own clock. */
let freeFrom = 0;

/**
 * @template T
 * @param {() => Promise<T>} search
 * @returns {Promise<T | null>} Nothing where it is too soon.
 */
export async function sparingly(search) {
  const begun = performance.now();
  if (begun < freeFrom) return null;
  try {
    return await search();
  } finally {
    const ended = performance.now();
    freeFrom = Math.max(freeFrom, ended + TIMES * (ended - begun));
  }
}
