/** Masking the recipient, and leaving everything else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PACKAGE } from "./fakes.mjs";

const { maskOf } = await import(new URL("shared/mask.mjs", PACKAGE));

const ADDRESS = "taro.yamada@example.jp";
const mask = maskOf([ADDRESS, "info@example.jp"], ["山田太郎", "Taro Yamada"]);
const base64 = (text) => Buffer.from(text).toString("base64");

test("the address is masked in every spelling", () => {
  for (const text of [
    "Taro.Yamada@Example.JP", "taro[.]yamada@example[.]jp", "taro.yamada[@]example[.]jp", "taro.yamada%40example.jp", "taro%2Eyamada%2540example%2Ejp",
    base64(ADDRESS), base64(`a${ADDRESS}`), base64(`ab${ADDRESS}c`), base64(ADDRESS).replaceAll("=", ""), base64(base64(ADDRESS)),
    encodeURIComponent(base64(`aa${ADDRESS}`)), Buffer.from(ADDRESS).toString("hex"), Buffer.from(ADDRESS).toString("hex").toUpperCase(), "taro.yamada=40example.jp",
    "taro[.]yamada%40example[.]jp", "taro%2Eyamada%2540example[.]jp", "taro.yamada=example.jp",
  ]) assert.equal(mask(text), "***", text);
});

test("inside something longer the rest stays", () => {
  assert.equal(mask(`hxxps://evil[.]test/?m=${base64(ADDRESS)}&x=1`), "hxxps://evil[.]test/?m=***&x=1");
  assert.equal(mask("for <info@example.jp>; Sun"), "for <***>; Sun");
  assert.equal(mask(`=?UTF-8?B?${base64(`Re: ${ADDRESS}`)}?=`), "=?UTF-8?B?***?=");
});

test("names and the telling part of the address are masked alone, not inside words", () => {
  assert.equal(mask("Dear taro yamada, 山田太郎様, taro.yamada!"), "Dear ***, ***様, ***!");
  assert.equal(mask("xtaro.yamada"), "xtaro.yamada");
});

test("what is not the recipient stays as it is", () => {
  for (const text of [
    "information, info, example.jp", "hxxps://example[.]org/aGVsbG8gd29ybGQ=/1234567890abcdef1234", "100% of 50%25", "a=3D b=20c", "X-Id: 4f3a2b1c0d9e8f7a",
  ]) assert.equal(mask(text), text);
  assert.equal(maskOf([])("anybody@example.jp"), "anybody@example.jp");
});

test("a hostile length takes no time", () => {
  const begun = performance.now();
  for (const piece of ["a", "%4", "=40", "4f", "[.]", "aGFu"]) mask(piece.repeat(50_000));
  assert.ok(performance.now() - begun < 2_000);
});
