/**
 * An answer, waited for only so long.
 * @template T, U
 * @param {Promise<T>} answer
 * @param {number} patience In milliseconds.
 * @param {U} otherwise
 * @returns {Promise<T | U>} `otherwise` where it took longer.
 * @throws What `answer` rejects with, in time.
 */
export async function within(answer, patience, otherwise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<U>} */
  const late = new Promise((resolve) => (timer = setTimeout(resolve, patience, otherwise)));
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
