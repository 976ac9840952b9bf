/**
 * Working through many messages, a few at a time and never many bytes at once.
 *
 * Pausing and cancelling are the same here: what is going on comes to its end and nothing new begins. Going on is to
 * call again with what is left.
 */

/** Most messages worked on at once: one is fetched while another is judged. */
export const MOST_AT_ONCE = 3;

/** Most bytes of messages held at once; a single message may be larger. */
export const BUDGET = 8 * 1024 * 1024;

/**
 * @template {{ readonly size: number }} Job
 * @param {Iterable<Job>} jobs
 * @param {(job: Job) => Promise<void>} work Never rejects.
 * @param {() => boolean} isStopped
 */
export async function workThrough(jobs, work, isStopped) {
  /** @type {Set<Promise<void>>} */
  const going = new Set();
  let held = 0;
  for (const job of jobs) {
    while (going.size > 0 && (going.size >= MOST_AT_ONCE || held + job.size > BUDGET)) await Promise.race(going);
    if (isStopped()) break;
    held += job.size;
    const done = work(job).finally(() => {
      held -= job.size;
      going.delete(done);
    });
    going.add(done);
  }
  await Promise.all(going);
}
