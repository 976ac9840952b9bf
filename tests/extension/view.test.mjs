/** The dissection: everything from the mail stays text. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parseHTML } from "linkedom";
import { PACKAGE, TOP, fetchFromPackage, message, thunderbird } from "./fakes.mjs";

fetchFromPackage();
thunderbird();
const { judge, published, readLink } = await import(new URL("shared/core.mjs", PACKAGE));
const { Texts } = await import(new URL("shared/texts.mjs", PACKAGE));
const { draw } = await import(new URL("report/view.mjs", PACKAGE));
const { duration } = await import(new URL("report/times.mjs", PACKAGE));
const { placesFor } = await import(new URL("report/places.mjs", PACKAGE));
const textsOf = async (locale) => new Texts(locale, JSON.parse(await readFile(new URL(`extension/_locales/${locale}/messages.json`, TOP), "utf8")));
const texts = await textsOf("en");
const POPUP = { isPage: false, link: null };

const FORMATS = ["text", "markdown", "html"];
const written = (raw, format) => published(raw, {}, {}, { language: texts.language, messages: texts.messages, countries: {} }, format);

function emptyPage() {
  const { document } = parseHTML("<main></main>");
  globalThis.document = document;
  return document.querySelector("main");
}

async function dissected(raw, context) {
  return { state: "report", report: await judge(raw, context), messageId: 1, isExternal: false, blocked: null };
}

async function drawn(raw, looks = POPUP, words = texts) {
  const main = emptyPage();
  const dissection = await dissected(raw);
  draw(main, dissection, words, looks);
  return { main, dissection, report: dissection.report };
}

/** A message of lines. */
function mail(...lines) {
  return new TextEncoder().encode(lines.join("\r\n"));
}

test("the seed mail is dissected", async () => {
  const { main } = await drawn(await message("hostile/seed-kagoya-iso-2022-jp.eml"));
  assert.equal(main.dataset.level, "dangerous");
  for (const id of ["who", "signs", "links", "way", "authentication", "headers"]) assert.ok(main.querySelector(`#${id}`), id);
  const signs = [...main.querySelectorAll("#signs [data-sign]")].map((item) => item.dataset.sign);
  for (const sign of ["sender.self-addressed", "path.forged-greeting", "path.no-reverse-name", "link.brand-mismatch", "text.recipient-in-subject"]) {
    assert.ok(signs.includes(sign), sign);
  }
  assert.match(main.querySelector("#links").textContent, /fablights\.in/);
  assert.match(main.querySelector("#way").textContent, /20\.210\.172\.29/);
  assert.equal(main.querySelectorAll("a[href]").length, 0);
  assert.ok(!main.textContent.includes("$"));
  // Every placeholder of every text has its value.
  assert.ok(!main.querySelector("#signs").textContent.includes("?"));
  // Each sign stands once and says how strong it is, in words as well as by its bar.
  assert.equal(new Set(signs).size, signs.length);
  for (const bar of main.querySelectorAll("#signs .bar")) assert.match(bar.getAttribute("aria-label"), /^(Strong|Medium|Weak) sign$/);
});

test("the way is drawn from its beginning, with a map; what could be invented is marked", async () => {
  const { main } = await drawn(await message("hostile/seed-kagoya-iso-2022-jp.eml"));
  const [first] = main.querySelectorAll(".hops li");
  assert.equal(first.className, "outside");
  assert.match(first.textContent, /without a name.*20\.210\.172\.29.*Microsoft.*Japan.*Here your side received it/s);
  assert.deepEqual([...main.querySelectorAll(".map .pin text")].map((pin) => pin.textContent), ["Japan"]);
  const invented = await drawn(mail(
    "Received: from mx.example.org (mx.example.org [20.210.172.29]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900",
    "Received: from a.example.net (a.example.net [192.0.2.1]) by mx.example.org with ESMTP id 2; Sun, 11 Jun 2023 14:33:08 +0900",
    "From: a@example.net", "", "x"));
  const hops = [...invented.main.querySelectorAll(".hops li")];
  assert.deepEqual(hops.map((hop) => hop.className), ["untrusted", "outside"]);
  assert.match(hops[0].textContent, /could be invented/);
  assert.match(hops[1].textContent, /1 minute before the hop before.*encrypted/);
});

test("the seed mail says what its blogger says: what it is after, whose ending it has, how short the notice is", async () => {
  const { main } = await drawn(await message("hostile/seed-kagoya-iso-2022-jp.eml"));
  const parts = [...main.querySelectorAll("section")].map(({ id }) => id);
  assert.deepEqual(parts.slice(0, 4), ["summary", "links", "way", "signs"]);
  assert.match(main.querySelector("#summary").textContent, /It wants\s*your password/);
  assert.match(main.querySelector("#links").textContent, /“\.in” belongs to India/);
  assert.match(main.querySelector("#way").textContent, /what every computer calls itself/);
  assert.match(main.querySelector("#signs").textContent, /June 12, 2023, the very next day/);
  assert.equal(main.textContent.split("Ctrl+U").length, 2, "how to open the source is said once");
  const kinds = [...main.querySelectorAll("#signs h3")].map((kind) => kind.textContent);
  assert.deepEqual(kinds, ["The sender", "The way it came", "The links", "What it says"]);
});

test("the map is no larger than its stops need, and never leaves the world", async () => {
  const { drawMap } = await import(new URL("report/map.mjs", PACKAGE));
  emptyPage();
  const frame = (...countries) => {
    const [figure] = drawMap(countries.map((country) => ({ country, isFirstOutside: false, isTrusted: true })), [], texts);
    return figure.querySelector("svg").getAttribute("viewBox").split(" ").map(Number);
  };
  assert.deepEqual(drawMap([{ country: null }], [], texts), []);
  for (const countries of [["JP"], ["JP", "IN"], ["NZ", "US"], ["US", "JP", "DE", "BR"], ["IS", "CL"]]) {
    const [x, y, width, height] = frame(...countries);
    assert.ok(x >= 0 && x + width <= 1000 && y >= -253 && y + height <= 183, `${countries}: ${[x, y, width, height]}`);
  }
  assert.ok(frame("JP")[2] < 300 && frame("JP", "IN")[2] < 400);
  assert.ok(frame("US", "JP")[2] > 700);
});

test("where links lead has a pin of its own, once it was looked up", async () => {
  const { drawMap } = await import(new URL("report/map.mjs", PACKAGE));
  emptyPage();
  const hop = (country) => ({ country, isFirstOutside: false, isTrusted: true });
  const link = (country, isClickable = true) => ({ isClickable, server: { ip: "192.0.2.1", network: null, country } });
  const pins = (...given) => [...drawMap(...given, texts)[0].querySelectorAll(".pin")].map((pin) => [pin.getAttribute("class"), pin.textContent]);
  assert.deepEqual(pins([hop("JP")], [link("IN"), link("IN"), link("BR", false), link(null), { isClickable: true }]), [["pin inside", "Japan"], ["pin linked", "India (links)"]]);
  assert.deepEqual(pins([hop("JP")], [link("JP")]), [["pin inside", "Japan (links)"]]);
  assert.deepEqual(pins([], [link("IN")]), [["pin linked", "India (links)"]]);
  assert.match(drawMap([hop("JP")], [link("IN")], texts)[0].querySelector("figcaption").textContent, /^Japan · India \(links\)$/);
});

test("an attached program that pretends to be a PDF is said to be one, in red", async () => {
  const { main } = await drawn(mail(
    "From: a@example.net", 'Content-Type: multipart/mixed; boundary="b"', "", "--b", "Content-Type: text/plain", "", "Please open it.",
    "--b", 'Content-Type: application/pdf; name="meisai.pdf"', "Content-Disposition: attachment", "Content-Transfer-Encoding: base64", "", Buffer.from("MZ\x90\x00", "latin1").toString("base64"),
    "--b", 'Content-Type: application/pdf; name="plan.pdf"', "Content-Disposition: attachment", "", "%PDF-1.7", "--b--"));
  const [program, plan] = main.querySelectorAll("#attachments tbody tr");
  assert.equal(program.querySelector(".remark").textContent, "This is a program that pretends to be a PDF.");
  assert.equal(plan.querySelector(".remark"), null);
  assert.match(plan.textContent, /a PDF/);
});

test("spans of time are told in their two largest units", async () => {
  assert.deepEqual([0, 59, 60, 3_661, 90_000].map((seconds) => duration(seconds, texts)),
    ["0 seconds", "59 seconds", "1 minute", "1 hour 1 minute", "1 day 1 hour"]);
  assert.equal(duration(61, await textsOf("ja")), "1 分 1 秒");
});

test("authentication is three answers, and by whose word", async () => {
  const checked = (results) => drawn(mail(
    `Authentication-Results: mx.example.jp; ${results}`,
    "Received: from a.example.net (a.example.net [192.0.2.1]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900",
    "From: a@example.net", "", "x"));
  const said = async (results) => (await checked(results)).main.querySelector("#authentication").textContent;
  assert.match(await said("spf=pass smtp.mailfrom=example.net; dkim=pass header.d=example.net; dmarc=pass header.from=example.net"),
    /Really sent by example\.net\. That doesn.t tell.*passed.*passed.*passed.*By the word of mx\.example\.jp/s);
  assert.match(await said("spf=pass smtp.mailfrom=example.org; dkim=none"), /Not verified: nothing shows.*Another domain did: example\.org.*not checked/s);
  assert.match(await said("spf=temperror smtp.mailfrom=example.net"), /Not checked: /);
  assert.match((await drawn(mail("From: a@example.net", "", "x"))).main.querySelector("#authentication").textContent, /Not checked: .*noted no check/s);
});

test("telling lines of the header are marked and explained", async () => {
  const { main } = await drawn(mail(
    "Authentication-Results: mx.example.jp; spf=fail smtp.mailfrom=example.org",
    "Received: from a.example.net (a.example.net [20.210.172.29]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900",
    "Received: from b.example.net (b.example.net [192.0.2.2]) by a.example.net with ESMTPS id 2; Sun, 11 Jun 2023 14:32:07 +0900",
    "Authentication-Results: elsewhere.example; dkim=pass header.d=example.net",
    "From: a@example.net", "X-Nothing: told", "", "x"));
  const marks = [...main.querySelectorAll(".line")].map((line) => [line.className, line.querySelector(".why")?.textContent ?? ""]);
  assert.deepEqual(marks.map(([name]) => name), ["line telling", "line telling", "line doubtful", "line doubtful", "line telling", "line"]);
  assert.match(marks[1][1], /can be believed/);
  assert.match(marks[3][1], /Not by the receiving server/);
});

test("whose results a line has is the core's word: a name can be forged, and need not be there", async () => {
  const whys = async (raw) => {
    const lines = [...(await drawn(raw)).main.querySelectorAll(".line")];
    return lines.filter((line) => line.textContent.startsWith("Authentication-Results")).map((line) => line.querySelector(".why").textContent);
  };
  const [own, forged] = await whys(await message("auth.forged-results/fires/same-name-below.eml"));
  assert.match(own, /receiving server’s own/);
  assert.match(forged, /Not by the receiving server/);
  const nameless = await whys(mail(
    "Authentication-Results: spf=pass (sender IP is 20.210.172.29) smtp.mailfrom=example.net; dkim=none",
    "Received: from a.example.net (20.210.172.29) by VE1EUR01FT033.mail.protection.outlook.com (10.152.2.84) with Microsoft SMTP Server; Sun, 11 Jun 2023 14:32:08 +0900",
    "From: a@example.net", "", "x"));
  assert.equal(nameless.length, 1);
  assert.match(nameless[0], /receiving server’s own/);
});

test("that a domain vouches for its own mail does not answer who it claims to be", async () => {
  const genuine = mail(
    "Authentication-Results: mx.example.jp; dkim=pass header.d=vsnzq7.example; spf=pass smtp.mailfrom=vsnzq7.example; dmarc=pass header.from=vsnzq7.example",
    "Received: from a.vsnzq7.example (a.vsnzq7.example [192.0.2.1]) by mx.example.jp with ESMTPS id 1; Sun, 11 Jun 2023 14:32:08 +0900",
    "From: PayPal <service@vsnzq7.example>", "Subject: PayPal: your account is suspended", "Content-Type: text/html", "",
    '<p>Your PayPal account is suspended.</p><a href="https://login.vsnzq7.example/">Log in and enter your password within 24 hours</a>');
  const { main, report } = await drawn(genuine);
  assert.ok(["suspicious", "dangerous"].includes(report.level), report.level);
  assert.match(main.querySelector(".voucher").textContent, /^Really sent by vsnzq7\.example\. That is not PayPal\.$/);
  assert.equal(main.querySelector(".voucher").className, "voucher not");
  assert.match(main.querySelector("#summary").textContent, /vsnzq7\.example \(not PayPal\)/);
});

test("links are told by the domain they lead to, and a sign once however often it holds", async () => {
  const links = Array.from({ length: 60 }, (_, at) => `<a href="https://h${at}.vsnzq7.example/${at}">PayPal ${at}</a>`).join(" ");
  const { main } = await drawn(mail("From: PayPal <service@vsnzq7.example>", "Subject: PayPal: your account", "Content-Type: text/html", "", `<p>PayPal</p>${links} <a href="https://www.paypal.com/">PayPal</a>`), { isPage: true, link: null });
  const domains = [...main.querySelectorAll("#links .group > .domain")].map(({ textContent }) => textContent);
  assert.deepEqual(domains, ["vsnzq7.example \u00D760", "paypal.com"], "odd ones first");
  const cards = [...main.querySelectorAll("#signs [data-sign]")].map(({ dataset }) => dataset.sign);
  assert.equal(new Set(cards).size, cards.length);
});

test("a link's own domain stands in bold, what it goes through behind it", async () => {
  const { main } = await drawn(await message("hostile/seed-kagoya-utf-8-html.eml"));
  assert.ok([...main.querySelectorAll("#links .target b")].some((bold) => bold.textContent === "fablights.in"));
  const told = async (url) => {
    const { main } = await drawn(mail("From: a@example.net", "Content-Type: text/html", "", `<a href="${url}">x</a>`));
    return [...main.querySelectorAll("#links .target bdi")].map((one) => [...one.childNodes].map(({ nodeName, textContent }) => (nodeName === "B" ? `<${textContent}>` : textContent)).join(""));
  };
  assert.deepEqual(await told("https://example.com.evil.test/example.com"), ["https://example.com.<evil.test>/example.com"]);
  assert.deepEqual(await told("https://www.google.com/url?q=https://evil.test/"), ["https://<evil.test>/", "https://www.<google.com>/url?q=https://evil.test/"]);
});

test("the link that was asked about stands first, even one the report does not list", async () => {
  const seed = await message("hostile/seed-kagoya-utf-8-html.eml");
  const [{ url }] = (await dissected(seed)).report.links;
  const { main } = await drawn(seed, { isPage: true, link: await readLink(url) });
  assert.match(main.querySelector("#sought").textContent, /fablights\.in/);
  const other = await drawn(seed, { isPage: true, link: await readLink("https://<b>.other.example/") });
  assert.match(other.main.querySelector("#sought").textContent, /other\.example/);
  assert.equal(other.main.querySelectorAll("a, b b").length, 0);
});

test("in a tab everything is unfolded but the raw header; in the popup what matters most", async () => {
  const open = (main) => [...main.querySelectorAll("section > details[open]")].map((fold) => fold.parentNode.id);
  const seed = await message("hostile/seed-kagoya-iso-2022-jp.eml");
  assert.deepEqual(open((await drawn(seed, { isPage: true, link: null })).main), ["links", "way", "signs", "authentication", "who"]);
  assert.deepEqual(open((await drawn(seed)).main), ["links", "signs"]);
  assert.deepEqual(open((await drawn(await message("honest/kagoya-notice.eml"))).main), ["signs"]);
});

test("attached files tell what they are", async () => {
  const { main } = await drawn(mail("From: a@example.net", 'Content-Type: multipart/mixed; boundary="b"', "", "--b", 'Content-Type: application/pdf; name="invoice.pdf"',
    'Content-Disposition: attachment; filename="invoice.exe"', "Content-Transfer-Encoding: base64", "", "TVqQAAMAAAAEAAAA//8AALgAAAA=", "--b--", ""));
  const [cells] = [...main.querySelectorAll("#attachments tbody tr")].map((row) => [...row.querySelectorAll("td")].map((cell) => cell.textContent));
  assert.match(cells[0], /^invoice\.exe.*invoice\.pdf/);
  assert.match(cells[1], /application\/pdf/);
  assert.match(cells[2], /^1 ?kB$/);
});

test("markup in every field stays text", async () => {
  const evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>';
  const raw = new TextEncoder().encode(
    [
      `Received: from ${evil} (unknown [20.210.172.29]) by mx.example.jp with ESMTP id 1; Sun, 11 Jun 2023 14:32:08 +0900`,
      `From: "${evil.replaceAll('"', "'")}" <a@example.net>`,
      `To: ${evil} <b@example.jp>`,
      `Subject: ${evil}`,
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "Content-Type: text/html; charset=utf-8",
      "",
      `<a href="https://example.org/?${evil.replaceAll('"', "'")}">&lt;b&gt;${"x".repeat(10)}</a>`,
      "--b",
      `Content-Type: application/pdf; name="${evil.replaceAll('"', "'")}"`,
      "",
      "x",
      "--b--",
      "",
    ].join("\r\n"),
  );
  const { main } = await drawn(raw);
  assert.equal(main.querySelectorAll("img, script, b b").length, 0);
  assert.match(main.textContent, /<script>/);
});

test("the module writes what the command writes", async () => {
  const file = new URL("tests/published/whatever-a-sender-writes.eml", TOP);
  const raw = new Uint8Array(await readFile(file));
  for (const [format, name] of [["text", "text"], ["markdown", "md"], ["html", "html"]]) {
    const options = ["run", "-q", "--locked", "-p", "mekiki", "--", "report", "--lang", "en", "--format", name, fileURLToPath(file)];
    const { stdout, status } = spawnSync("cargo", options, { cwd: fileURLToPath(TOP), encoding: "utf8" });
    // Its status tells the verdict.
    assert.equal(status, 1);
    assert.equal(await written(raw, format), stdout, format);
  }
});

test("in writing the recipient is masked and nothing can be clicked", async () => {
  const seed = await message("hostile/seed-kagoya-iso-2022-jp.eml");
  for (const format of FORMATS) {
    const text = await written(seed, format);
    assert.ok(!/info(@|%40|&#64;)example/i.test(text), format);
    assert.ok(!/https?:/i.test(text), format);
    assert.ok(!/[\u2068\u2069]/.test(text), format);
    assert.match(text.replaceAll("\\", ""), /fablights\[\.\]in/, format);
  }
});

test("the recipient is masked wherever it is encoded", async () => {
  const address = "hanako.suzuki@example.jp";
  const base64 = (text) => Buffer.from(text).toString("base64");
  const raw = mail(
    `Delivered-To: ${address}`,
    `Received: from a.example.net (a.example.net [192.0.2.1]) by mx.example.jp with ESMTPS id 1 for <${address}>; Sun, 11 Jun 2023 14:32:08 +0900`,
    "From: Example <a@example.net>", `To: =?UTF-8?B?${base64("鈴木花子")}?= <${address}>`, `Subject: =?UTF-8?B?${base64(`For ${address}`)}?= 鈴木花子`,
    `Message-ID: <${Buffer.from(address).toString("hex")}@example.net>`, `Reply-To: <bounce+hanako.suzuki=example.jp@example.net>`,
    "Content-Type: text/html; charset=utf-8", "",
    ...[`?u=${encodeURIComponent(address)}`, `?u=${encodeURIComponent(encodeURIComponent(address))}`, base64(address), base64(`id=1;mail=${address};x`),
      base64(base64(address)), Buffer.from(address).toString("hex"), "?name=hanako.suzuki", "?u=hanako.suzuki%2540example%252ejp"]
      .map((way, at) => `<p><a href="https://evil.test/${at}/${way}">${at}</a></p>`));
  const dissection = await dissected(raw);
  assert.ok(dissection.report.links.length >= 8);
  for (const format of FORMATS) {
    const text = await written(raw, format);
    for (const trace of ["hanako", "suzuki", "鈴木", base64(address).slice(0, 20), base64(base64(address)).slice(0, 20), Buffer.from(address).toString("hex").slice(0, 20), base64(`id=1;mail=${address}`).slice(12, 36)]) {
      assert.ok(!text.toLowerCase().includes(trace.toLowerCase()), `${format}: ${trace}`);
    }
    assert.match(text.replaceAll("\\", ""), /evil\[\.\]test/);
  }
});

test("markup in every field stays text in writing too", async () => {
  const evil = `<img src=x onerror=alert(1)>![x](https://evil.test/x.png)|`;
  const raw = mail(
    `Received: from ${evil} (unknown [20.210.172.29]) by ${evil} with ESMTP id 1; Sun, 11 Jun 2023 14:32:08 +0900`,
    `From: "${evil}" <a@example.net>`, `Subject: ${evil}`, "Content-Type: multipart/mixed; boundary=b", "", "--b",
    "Content-Type: text/html; charset=utf-8", "", "<a href='https://example.org/?&lt;img src=x&gt;'>&lt;img src=x&gt;</a>", "--b", `Content-Type: application/pdf; name="${evil}"`, "", "x", "--b--", "");
  const page = await written(raw, "html");
  assert.equal(parseHTML(page).document.querySelectorAll("img, a, script").length, 0);
  assert.match(page, /&lt;img src=x onerror=alert\(1\)&gt;/);
  const markdown = (await written(raw, "markdown")).split("\n").filter((line) => !line.startsWith("    "));
  assert.ok(markdown.every((line) => !/(^|[^\\])[<>!]/.test(line) && !/(^|[^\\])\[/.test(line)));
});

test("a brand that takes reports is known by its address", async () => {
  const { report } = await dissected(mail("From: PayPal <service@example.net>", "Subject: PayPal: your account", "", "PayPal"));
  assert.deepEqual([report.claim, report.abuse], ["PayPal", "phishing@paypal.com"]);
});

test("reports go to the brand itself where it takes them, and to offices of the reader's language first", async () => {
  const report = { abuse: "phishing@example.com", claim: "Example" };
  const addresses = async (locale, settings, lookUp = null) => placesFor({ report, lookUp }, settings, await textsOf(locale)).map(({ address }) => address);
  assert.deepEqual((await addresses("ja", { reportTo: ["abuse@example.net"] })).slice(0, 3), ["abuse@example.net", "phishing@example.com", "info@antiphishing.jp"]);
  assert.deepEqual((await addresses("en", { reportTo: [] })).slice(0, 2), ["phishing@example.com", "reportphishing@apwg.org"]);
  const registrations = ["abuse@registrar.example", "not an address", null].map((abuse) => ({ domain: "a.example", registered: null, registrar: "Registrar", abuse }));
  assert.deepEqual((await addresses("en", { reportTo: [] }, { resolver: null, registrations })).slice(0, 3), ["phishing@example.com", "abuse@registrar.example", "reportphishing@apwg.org"]);
});

test("what was looked up is told in plain words, what was not asked is said not to be", async () => {
  const { drawProof } = await import(new URL("report/proof.mjs", PACKAGE));
  emptyPage();
  const signature = { domain: "a.example", outcome: "pass", isTesting: false, bodyCovered: null, addedFields: [] };
  const none = { signatures: [], spf: null, arc: null, dmarc: null };
  const told = (proof, lookUp, settings = { resolver: "https://dns.example/dns-query", registry: "" }, date = "2026-11-30T00:00:00Z") => {
    const drawn = drawProof({ report: { proof, date }, messageId: 1, lookUp }, texts, settings, false, () => {});
    return { text: drawn.textContent, lines: [...drawn.querySelectorAll("li, .registration")].map((line) => [line.className, line.textContent]) };
  };
  const by = (asked) => ({ resolver: { host: "dns.example", asked }, listings: [], registrations: [] });
  assert.match(told(undefined, null, { resolver: "", registry: "" }).text, /Nobody has been asked.*Choose whom to ask/s);
  assert.match(told(undefined, null).text, /would ask dns\.example/);
  assert.match(told(none, by(null)).text, /failed, so nothing could be checked/);
  assert.match(told(none, by({ questions: 3, unanswered: 3, authentic: 0 })).text, /dns\.example did not answer/);
  assert.match(told(none, by({ questions: 3, unanswered: 1, authentic: 2 })).text, /3 questions.*DNSSEC: 2.*Without an answer: 1/s);
  const outcomes = [signature, { ...signature, addedFields: ["subject"] }, { ...signature, bodyCovered: 3 }, { ...signature, isTesting: true },
    { ...signature, outcome: "fail" }, { ...signature, outcome: "temperror" }, { ...signature, outcome: "permerror" }];
  assert.deepEqual(told({ ...none, signatures: outcomes }, by({ questions: 1, unanswered: 0, authentic: 0 })).lines.map(([kind]) => kind), ["good", "bad", "bad", "open", "bad", "open", "open"]);
  const spf = (outcome) => ({ outcome, domain: "a.example", client: "192.0.2.1" });
  for (const [outcome, kind] of [["pass", "good"], ["fail", "bad"], ["softfail", "bad"], ["neutral", "open"], ["none", "open"], ["temperror", "open"]]) {
    assert.equal(told({ ...none, spf: spf(outcome) }, by({ questions: 1, unanswered: 0, authentic: 0 })).lines[1][0], kind, outcome);
  }
  const registrations = [
    { domain: "young.example", registered: "2026-11-27T12:00:00.000Z", registrar: "R\u202Ex", abuse: "abuse@r.example" },
    { domain: "old.example", registered: "2001-01-01T00:00:00.000Z", registrar: null, abuse: null },
    { domain: "later.example", registered: "2026-12-24T00:00:00.000Z", registrar: null, abuse: null },
    { domain: "silent.example", registered: null, registrar: null, abuse: null },
  ];
  const { lines } = told(undefined, { resolver: null, listings: [], registrations });
  assert.deepEqual(lines, [
    ["registration young", "young.example: Registered on November 27, 2026. That is only 2 days before this mail. Registered through R\\u{202E}x. Reports go to abuse@r.example."],
    ["registration", "old.example: Registered on January 1, 2001."],
    ["registration", "later.example: Registered on December 24, 2026."],
    ["registration", "silent.example: Its registry tells nothing of it."],
  ]);
  const listing = (domain, list, isRefused) => ({ domain, list, isRefused });
  const { text } = told(none, { ...by({ questions: 1, unanswered: 0, authentic: 0 }), listings: [listing("a.example", "dbl.example", false), listing("a.example", "other.example", true), listing("b.example", "other.example", true)] });
  assert.match(text, /a\.example is on the block list dbl\.example/);
  assert.equal(text.split("The block list other.example refused to answer.").length, 2, "said once");
});

test("could not be checked and no message are states of their own", () => {
  const main = emptyPage();
  draw(main, { state: "failed", cause: "unreadable", reason: "<b>offline</b>", messageId: 1 }, texts, POPUP);
  assert.equal(main.dataset.level, "unchecked");
  assert.equal(main.querySelectorAll("b").length, 0);
  assert.match(main.textContent, /could not be checked.*<b>offline/s);
  draw(main, { state: "no-message" }, texts, POPUP);
  assert.equal(main.dataset.state, "no-message");
});
