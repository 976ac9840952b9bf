/**
 * Proves messages, in a worker of its own: waiting for answers holds up no verdict, and the answers of one message serve
 * the next. It takes any number of tasks at once.
 *
 * @import {Found, Task} from "./prover.mjs"
 */
import init, { locate, prove } from "../core/proof.js";
import { listingsOf } from "./listings.mjs";
import { carrierTo } from "./resolver.mjs";

/** Beside the core, not by the add-on's API: a worker has none. */
const MODULE = new URL("../core/proof_bg.wasm", import.meta.url);

const started = init({ module_or_path: MODULE });

globalThis.addEventListener("message", async (event) => {
  const { id, task } = /** @type {MessageEvent<{ id: number, task: Task }>} */ (event).data;
  try {
    globalThis.postMessage({ id, made: await make(task) });
  } catch (error) {
    globalThis.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});

/**
 * @param {Task} task
 * @returns {Promise<Found>}
 */
async function make({ file, envelope, hosts, domains, lists, resolver }) {
  await started;
  const carrier = carrierTo(resolver);
  const raw = new Uint8Array(await file.arrayBuffer());
  const names = domains.flatMap((domain) => lists.map((list) => ({ domain, list, name: `${domain}.${list}` })));
  const asking = [...hosts, ...names.map(({ name }) => name)];
  const [proven, located] = await Promise.all([prove(raw, envelope, carrier), asking.length > 0 ? locate(asking, carrier) : null]);
  const known = Object.entries(located?.addresses ?? {});
  const sum = (/** @type {"questions" | "unanswered" | "authentic"} */ name) => proven.asked[name] + (located?.asked[name] ?? 0);
  return {
    answers: { proof: proven.proof, addresses: Object.fromEntries(known.filter(([host]) => hosts.includes(host))) },
    listings: names.flatMap(({ domain, list, name }) => listingsOf(domain, list, located?.addresses[name] ?? [])),
    asked: { questions: sum("questions"), unanswered: sum("unanswered"), authentic: sum("authentic") },
  };
}
