"""Signs the messages of this folder anew, with dkimpy: an implementation that shares nothing with the one under test.

    pip install dkimpy==1.1.8 PyNaCl authres && python3 make.py

The keys are made for it and thrown away; what is published of them is `keys.json`.
"""

import base64
import json
import pathlib
import subprocess

import dkim
import nacl.signing
from dkim.canonicalization import CanonicalizationPolicy
from dkim.crypto import HASH_ALGORITHMS, parse_pem_private_key

HERE = pathlib.Path(__file__).parent
KEYS = {}
SIGNED_AT = 1_700_000_000

MESSAGE = b"""Received: from a.example.com (a.example.com [192.0.2.1])\r
\tby mx.example.org with ESMTPS id 1;\r
\tTue, 14 Nov 2023 22:13:25 +0000\r
From: Alice  <alice@example.com>\r
To: Bob <bob@example.org>\r
Subject: =?utf-8?q?Accounts?=\r
 of  \t November\r
Date: Tue, 14 Nov 2023 22:13:20 +0000\r
Message-ID: <1@example.com>\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
Content-Transfer-Encoding: 8bit\r
\r
Dear Bob,\r
\r
the  accounts \t are ready. \r
 Gr\xc3\xbc\xc3\x9fe\t\r
\r
-- \r
Alice\r
\r
\r
"""
FIELDS = [b"from", b"to", b"subject", b"date", b"message-id"]


def rsa(selector, bits, domain="example.com", flags=""):
    pem = subprocess.run(["openssl", "genrsa", "-traditional", str(bits)], check=True, capture_output=True).stdout
    der = subprocess.run(["openssl", "rsa", "-pubout", "-outform", "DER"], input=pem, check=True, capture_output=True)
    public = base64.b64encode(der.stdout).decode()
    KEYS[f"{selector}._domainkey.{domain}"] = f"v=DKIM1; {flags}k=rsa; p={public}"
    return pem


def ed25519(selector, domain="example.com"):
    key = nacl.signing.SigningKey.generate()
    public = base64.b64encode(key.verify_key.encode()).decode()
    KEYS[f"{selector}._domainkey.{domain}"] = f"v=DKIM1; k=ed25519; p={public}"
    return base64.b64encode(key.encode())


def sign(message, selector, key, canon="relaxed/relaxed", algorithm="rsa-sha256", fields=None, domain="example.com",
         **tags):
    """A message with one signature more. Tags that dkimpy's own `sign` does not make are put in here."""
    signer = dkim.DKIM(message, signature_algorithm=algorithm.encode(), minkey=512)
    policy = CanonicalizationPolicy.from_c_value(canon.encode())
    signer.hasher = HASH_ALGORITHMS[signer.signature_algorithm]
    body = policy.canonicalize_body(signer.body)
    cut = tags.pop("l", None)
    hasher = signer.hasher()
    hasher.update(body if cut is None else body[:cut])
    values = {
        "v": "1", "a": algorithm, "c": canon, "d": domain, "s": selector, "t": str(SIGNED_AT), **tags,
        **({} if cut is None else {"l": str(cut)}),
        "h": " : ".join(field.decode() for field in fields or FIELDS),
        "bh": base64.b64encode(hasher.digest()).decode(),
        "b": "0" * 60,
    }
    values = [(name.encode(), value.encode()) for name, value in values.items()]
    if algorithm.startswith("ed25519"):
        private = nacl.signing.SigningKey(key, encoder=nacl.encoding.Base64Encoder)
    else:
        private = parse_pem_private_key(key)
    field = signer.gen_header(values, fields or FIELDS, policy, b"DKIM-Signature", private)
    return b"DKIM-Signature: " + field + message


def seal(message, selector, domain, key, results):
    """A message with one ARC set more."""
    message = f"Authentication-Results: {domain}; {results}\r\n".encode() + message
    arc = dkim.ARC(message)
    lines = arc.sign(selector.encode(), domain.encode(), key, domain.encode(), include_headers=FIELDS,
                     timestamp=SIGNED_AT)
    return b"".join(lines) + message


def write(name, message):
    (HERE / f"{name}.eml").write_bytes(message)


def main():
    long, usual, short, testing, strict = (
        rsa("long", 4096), rsa("usual", 2048), rsa("short", 768), rsa("testing", 1024, flags="t=y; "),
        rsa("strict", 1024, flags="t=s; "))
    least, other = rsa("least", 1024), rsa("other", 1024, domain="example.net")
    edwards = ed25519("edwards")

    for canon in ("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed"):
        write("rsa-" + canon.replace("/", "-"), sign(MESSAGE, "usual", usual, canon))
        write("ed25519-" + canon.replace("/", "-"), sign(MESSAGE, "edwards", edwards, canon, "ed25519-sha256"))
    write("rsa-4096", sign(MESSAGE, "long", long))
    write("rsa-1024", sign(MESSAGE, "least", least))
    write("rsa-768", sign(MESSAGE, "short", short))
    write("rsa-sha1", sign(MESSAGE, "least", least, algorithm="rsa-sha1"))
    write("testing", sign(MESSAGE, "testing", testing))
    write("two", sign(sign(MESSAGE, "usual", usual), "edwards", edwards, algorithm="ed25519-sha256"))
    write("of-another-domain", sign(MESSAGE, "other", other, domain="example.net"))
    write("oversigned", sign(MESSAGE, "least", least, fields=FIELDS + FIELDS + [b"reply-to"]))
    write("from-twice-in-h", sign(MESSAGE, "least", least, fields=[b"from", b"from", b"subject"]))
    write("with-received", sign(MESSAGE, "least", least, "simple/simple", fields=[b"received"] + FIELDS))
    write("length-whole", sign(MESSAGE, "least", least, l=len(CanonicalizationPolicy.from_c_value(
        b"relaxed/relaxed").canonicalize_body(dkim.rfc822_parse(MESSAGE)[1]))))
    write("length-part", sign(MESSAGE, "least", least, l=11))
    write("length-none", sign(MESSAGE, "least", least, l=0))
    write("identity-below", sign(MESSAGE, "least", least, i="alice@mail.example.com"))
    write("identity-below-strict", sign(MESSAGE, "strict", strict, i="@mail.example.com"))
    write("identity-same-strict", sign(MESSAGE, "strict", strict, i="alice@example.com"))
    write("identity-elsewhere", sign(MESSAGE, "least", least, i="@example.org"))
    write("expiring", sign(MESSAGE, "least", least, x=str(SIGNED_AT + 1000)))
    write("expired-before-signed", sign(MESSAGE, "least", least, x=str(SIGNED_AT - 1)))
    write("unknown-tag-and-query", sign(MESSAGE, "least", least, q="dns/txt : web", xyz="1"))
    write("from-unsigned", sign(MESSAGE, "least", least, fields=[b"to", b"subject"]))
    header = MESSAGE.split(b"\r\n\r\n")[0] + b"\r\n\r\n"
    for name, body in (("empty", b""), ("one-line-end", b"\r\n"), ("blank-lines", b" \t\r\n\r\n\r\n"),
                       ("without-line-end", b"text"), ("leading-blank-lines", b"\r\n\r\n  text \t x\r\n")):
        write(f"body-{name}-simple", sign(header + body, "least", least, "simple/simple"))
        write(f"body-{name}-relaxed", sign(header + body, "least", least, "relaxed/relaxed"))

    one, two = rsa("one", 2048, "forwarder.example"), rsa("two", 1024, "list.example")
    signed = sign(MESSAGE, "usual", usual)
    first = seal(signed, "one", "forwarder.example", one, "dkim=pass header.d=example.com")
    write("arc-1", first)
    passed = first.replace(b"-- \r\nAlice\r\n", b"-- \r\nAlice\r\n____\r\nthe list\r\n")
    second = seal(passed, "two", "list.example", two, "arc=pass")
    write("arc-2", second)
    write("arc-3", seal(second, "one", "forwarder.example", one, "arc=pass"))
    write("arc-broken-then-sealed", seal(first.replace(b"i=1;", b"i=1 ;", 1).replace(b"dkim=pass", b"dkim=fail"), "two",
                                         "list.example", two, "arc=fail"))
    (HERE / "keys.json").write_text(json.dumps(KEYS, indent=1) + "\n")


main()
