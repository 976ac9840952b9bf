/**
 * Proving messages in the module that is shipped, by what a resolver answers; and how resolvers and registries are asked.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { answer, asked, carrier } from "./dns.mjs";
import { PACKAGE, TOP, fetchFromPackage } from "./fakes.mjs";

const RESOLVER = "https://dns.example/dns-query";
const EXAMPLE = new URL("crates/proof/tests/examples/rfc6376-a.eml", TOP);
const NAME = "brisbane._domainkey.example.com";
/** The key of RFC 6376, appendix C. */
const KEY = "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB";
const ENVELOPE = { client: null, helo: null, mailFrom: null, author: "example.com", receivedAt: 1_060_000_000 };

let proof;
let carrierTo;
let registry;

before(async () => {
  fetchFromPackage();
  proof = await import(new URL("core/proof.js", PACKAGE));
  await proof.default({ module_or_path: new URL("core/proof_bg.wasm", PACKAGE) });
  registry = await import(new URL("background/registry.mjs", PACKAGE));
  ({ carrierTo } = await import(new URL("background/resolver.mjs", PACKAGE)));
});

test("a signature is proven by what the resolver answers, and asked for once", async () => {
  const raw = new Uint8Array(await readFile(EXAMPLE));
  const seen = [];
  const known = carrier({ [NAME]: [KEY] }, seen);
  const { proof: proven, asked: how } = await proof.prove(raw, ENVELOPE, known);
  assert.deepEqual(proven.signatures.map(({ domain, outcome }) => [domain, outcome]), [["example.com", "pass"]]);
  assert.ok(seen.includes(NAME) && seen.includes("_dmarc.example.com"));
  assert.deepEqual([how.unanswered, how.authentic], [0, how.questions]);
  const before = seen.length;
  await proof.prove(raw, ENVELOPE, known);
  assert.equal(seen.length, before, "what was answered is known");
});

test("what is changed is disproved, and what has no answer is open", async () => {
  const raw = new Uint8Array(await readFile(EXAMPLE));
  const changed = raw.map((byte, at) => (at === raw.length - 10 ? byte ^ 1 : byte));
  const { proof: broken } = await proof.prove(changed, ENVELOPE, carrier({ [NAME]: [KEY] }));
  assert.deepEqual(broken.signatures.map(({ outcome, reason }) => [outcome, reason]), [["fail", "body-hash"]]);
  const other = new Uint8Array(Buffer.from(Buffer.from(raw).toString("latin1").replaceAll("brisbane", "adelaide"), "latin1"));
  for (const silent of [async (questions) => questions.map(() => null), async () => [], async () => { throw new Error("cut"); }, () => 1, async (questions) => questions.map(() => new Uint8Array([1, 2, 3]))]) {
    const { proof: open, asked: how } = await proof.prove(other, ENVELOPE, silent);
    assert.equal(open.signatures[0].outcome, "temperror");
    assert.ok(how.unanswered > 0);
  }
});

test("hosts are located, those that have no address included, those without an answer not", async () => {
  const address = (question, octets) => {
    const made = answer(question, ["x"]);
    const at = asked(question).end;
    return new Uint8Array([...made.slice(0, at + 2), 0, 1, ...made.slice(at + 4, at + 10), 0, 4, ...octets]);
  };
  const { addresses } = await proof.locate(["a.example", "none.example", "silent.example"], async (questions) => questions.map((question) => {
    const { name, kind } = asked(question);
    if (name === "silent.example") return null;
    return name === "a.example" && kind === 1 ? address(question, [192, 0, 2, 7]) : answer(question, [], { code: 3 });
  }));
  assert.deepEqual(addresses, { "a.example": ["192.0.2.7"], "none.example": [] });
});

/** Asks a resolver that answers as `respond` does; gives what came of it, and the requests. */
async function carried(respond, questions, rounds = 1) {
  const requests = [];
  globalThis.fetch = async (url, options) => {
    requests.push({ url, ...options });
    return respond(url, options);
  };
  try {
    const carry = carrierTo(RESOLVER);
    let answers;
    for (let round = 0; round < rounds; round += 1) answers = await carry(questions);
    return { answers, requests };
  } finally {
    fetchFromPackage();
  }
}

const FORM = { "Content-Type": "application/dns-message" };

test("a resolver is given the question and nothing else", async () => {
  const { answers, requests } = await carried(() => new Response(new Uint8Array([7]), { headers: FORM }), [new Uint8Array([1]), new Uint8Array([2])]);
  assert.deepEqual(answers, [new Uint8Array([7]), new Uint8Array([7])]);
  assert.deepEqual(requests.map(({ url, body }) => [url, [...body]]), [[RESOLVER, [1]], [RESOLVER, [2]]]);
  for (const { method, credentials, referrerPolicy, redirect, headers } of requests) {
    assert.deepEqual([method, credentials, referrerPolicy, redirect, Object.keys(headers).sort()], ["POST", "omit", "no-referrer", "error", ["Accept", "Content-Type"]]);
  }
});

test("what is no answer is none", async () => {
  const wrong = [
    () => new Response("<html>", { headers: { "Content-Type": "text/html" } }),
    () => new Response(new Uint8Array([1]), { headers: FORM, status: 500 }),
    () => new Response(new Uint8Array(70_000), { headers: FORM }),
    () => { throw new TypeError("NetworkError"); },
  ];
  for (const respond of wrong) assert.deepEqual((await carried(respond, [new Uint8Array([1])])).answers, [null]);
});

test("a resolver that is silent twice is not asked again about that message", async () => {
  const { answers, requests } = await carried(() => { throw new TypeError("NetworkError"); }, [new Uint8Array([1])], 5);
  assert.deepEqual(answers, [null]);
  assert.equal(requests.length, 2);
});

test("what a block list answers is a listing, a refusal, or nothing", async () => {
  const { listingsOf } = await import(new URL("background/listings.mjs", PACKAGE));
  const told = (...addresses) => listingsOf("a.example", "dbl.example", addresses).map(({ isRefused }) => (isRefused ? "refused" : "listed"));
  assert.deepEqual([told("127.0.1.2"), told("127.0.0.66", "127.0.0.4"), told("127.0.0.2")], [["listed"], ["listed"], ["listed"]]);
  assert.deepEqual([told("127.255.255.254"), told("127.0.0.1"), told("127.0.1.255", "127.255.255.252")], [["refused"], ["refused"], ["refused"]]);
  assert.deepEqual([told(), told("192.0.2.1"), told("::1")], [[], [], []]);
});

/** What a registry tells of a domain, as RFC 9083 has it. */
const REGISTERED = {
  objectClassName: "domain",
  ldhName: "a.example",
  events: [{ eventAction: "last changed", eventDate: "2026-11-01T00:00:00Z" }, { eventAction: "registration", eventDate: "2026-10-31T10:00:00+09:00" }],
  entities: [
    { roles: ["registrant"], vcardArray: ["vcard", [["fn", {}, "text", "Somebody"]]] },
    {
      roles: ["registrar"],
      vcardArray: ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", "Example Registrar"]]],
      entities: [{ roles: ["abuse"], vcardArray: ["vcard", [["email", {}, "text", "abuse@registrar.example"]]] }],
    },
  ],
};

test("a registration is read as the RFC has it, and what is not is left out", () => {
  const all = { domain: "a.example", registered: "2026-10-31T01:00:00.000Z", registrar: "Example Registrar", abuse: "abuse@registrar.example" };
  const nothing = { domain: "a.example", registered: null, registrar: null, abuse: null };
  assert.deepEqual(registry.readRegistration("a.example", REGISTERED), all);
  for (const broken of [null, 1, "x", [], {}, { objectClassName: "entity" }]) assert.equal(registry.readRegistration("a.example", broken), null);
  for (const broken of [{}, { events: 1, entities: {} }, { events: [null, 1, { eventAction: "registration", eventDate: "soon" }], entities: [null, { roles: 1 }, { roles: ["registrar"], vcardArray: [1, 2], entities: [1] }] }]) {
    assert.deepEqual(registry.readRegistration("a.example", { objectClassName: "domain", ...broken }), nothing);
  }
  const long = { objectClassName: "domain", entities: [{ roles: ["registrar"], vcardArray: ["vcard", [["fn", {}, "text", "x".repeat(1000)]]] }] };
  assert.equal(registry.readRegistration("a.example", long).registrar.length, 200);
});

test("a registry is given the domain and nothing else, and asked once", async () => {
  const requests = [];
  globalThis.fetch = async (url, options) => {
    requests.push({ url, ...options });
    return new Response(JSON.stringify(REGISTERED));
  };
  try {
    for (let turn = 0; turn < 2; turn += 1) assert.equal((await registry.registrationOf("https://rdap.example/", "a.example")).registrar, "Example Registrar");
    assert.deepEqual(requests.map(({ url, credentials, referrerPolicy }) => [url, credentials, referrerPolicy]), [["https://rdap.example/domain/a.example", "omit", "no-referrer"]]);
    for (const respond of [() => new Response("{"), () => new Response("", { status: 404 }), () => new Response(`"${"x".repeat(600_000)}"`), () => { throw new TypeError("NetworkError"); }]) {
      globalThis.fetch = async () => respond();
      assert.equal(await registry.registrationOf("https://rdap.example/", "b.example"), null);
    }
  } finally {
    fetchFromPackage();
  }
});
