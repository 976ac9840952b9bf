/**
 * How long the module takes to prove a message with one signature, by its kind, beside what `cargo bench -p mekiki-proof`
 * says of native code: everything from the bytes of the message to what is proven, the answers being known.
 */
import { readFile } from "node:fs/promises";
import { carrier } from "./dns.mjs";
import { PACKAGE, TOP } from "./fakes.mjs";

const SIGNED = new URL("crates/proof/tests/signed/", TOP);
const MESSAGES = { "rsa-1024": "rsa-1024", "rsa-2048": "rsa-relaxed-relaxed", "rsa-4096": "rsa-4096", ed25519: "ed25519-relaxed-relaxed" };
const TURNS = 301;
const ENVELOPE = { client: null, helo: null, mailFrom: null, author: null, receivedAt: 1_700_000_000 };

const { default: init, prove } = await import(new URL("core/proof.js", PACKAGE));
const begun = performance.now();
await init({ module_or_path: await readFile(new URL("core/proof_bg.wasm", PACKAGE)) });
console.log(`start of the module ${(performance.now() - begun).toFixed(1)} ms`);
const keys = JSON.parse(await readFile(new URL("keys.json", SIGNED), "utf8"));
const answers = carrier(Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, [key]])));

for (const [kind, name] of Object.entries(MESSAGES)) {
  const raw = new Uint8Array(await readFile(new URL(`${name}.eml`, SIGNED)));
  const times = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const from = performance.now();
    const { proof } = await prove(raw, ENVELOPE, answers);
    times.push(performance.now() - from);
    if (proof.signatures[0].outcome !== "pass") throw new Error(`${name} is not proven`);
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(TURNS / 2)];
  console.log(`${kind.padEnd(10)} ${(median * 1000).toFixed(0).padStart(6)} us`);
}
