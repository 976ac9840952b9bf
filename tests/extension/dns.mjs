/** A resolver of a test's own, in wire format (RFC 1035 §4). */

/** The name and the kind that a question asks for. */
export function asked(question) {
  const labels = [];
  let at = 12;
  for (; question[at] > 0; at += question[at] + 1) labels.push(Buffer.from(question.subarray(at + 1, at + 1 + question[at])).toString());
  return { name: labels.join("."), kind: question[at + 2], end: at + 5 };
}

/** An answer in wire format: texts of a name, or a code (3: there is no such name) and none. */
export function answer(question, texts, { code = 0, ttl = 60 } = {}) {
  const { end } = asked(question);
  const head = Buffer.from(question.subarray(0, end));
  head[2] |= 0x80;
  head[3] = 0x20 | code;
  head[7] = texts.length;
  head[11] = 0;
  const records = texts.map((text) => {
    const strings = text.match(/.{1,200}/g).map((part) => Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]));
    const data = Buffer.concat(strings);
    return Buffer.concat([Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, ttl, data.length >> 8, data.length & 255]), data]);
  });
  return new Uint8Array(Buffer.concat([head, ...records]));
}

/** A carrier that knows some texts, and notes what it is asked. */
export function carrier(texts, seen = []) {
  return async (questions) => questions.map((question) => {
    const { name } = asked(question);
    seen.push(name);
    const found = texts[name];
    return found === null ? null : found ? answer(question, found) : answer(question, [], { code: 3 });
  });
}
