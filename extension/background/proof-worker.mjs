/**
 * Proves messages, in a worker of its own: waiting for answers holds up no verdict, and the answers of one message serve
 * the next. It takes any number of tasks at once.
 *
 * @import {Task} from "./prover.mjs"
 */
import init, { locate, prove } from "../core/proof.js";
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
 */
async function make({ file, envelope, hosts, resolver }) {
  await started;
  const carrier = carrierTo(resolver);
  const raw = new Uint8Array(await file.arrayBuffer());
  const [proven, located] = await Promise.all([prove(raw, envelope, carrier), hosts.length > 0 ? locate([...hosts], carrier) : null]);
  const sum = (/** @type {"questions" | "unanswered" | "authentic"} */ name) => proven.asked[name] + (located?.asked[name] ?? 0);
  return {
    answers: { proof: proven.proof, ...(located ? { addresses: located.addresses } : {}) },
    asked: { questions: sum("questions"), unanswered: sum("unanswered"), authentic: sum("authentic") },
  };
}
