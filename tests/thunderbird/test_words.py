"""The banner's words: whatever a mail writes into the fields that they quote stays text, cut, visible, in marks."""

import base64
import unicodedata
import zipfile

import pytest

from driver import Thunderbird
from samples import words
from tricks import PLAIN

PLACE = "three-pane"
MARKUP = "</li></ul><img src=x onerror=alert(1)><script>alert(1)</script><a href='https://evil.example/'>https://evil.example/</a>&amp;"
# Right-to-left override, isolates, zero-width and tag characters, a null, a bell, an escape, line breaks.
INVISIBLE = "KAGOYA\u202efdp.\u2066x\u2069\u200b\u200d\ufeff\u00ad\U000e0041\u0000\u0007\u001b[31m\u2028\u2029\r\n\tend"
LONG = "KAGOYA " + "xxx " * 2_500
PLACEHOLDERS = "KAGOYA $DOMAIN$ $1 $$ %s {0} \u201d Mekiki: Verified \u201c"
HOSTILE = {"markup": f"KAGOYA {MARKUP}", "invisible": INVISIBLE, "long": LONG, "placeholders": PLACEHOLDERS,
           "unencodable": "KAGOYA " + "x" * 1_500, "right-to-left": "KAGOYA \u05d0\u05d1\u05d2 \u0627\u0628\u062a", "unbreakable": "KAGOYA" + "\u00a0W" * 900}
FIELDS = ("From", "Subject", "Reply-To")
CASES = [(field, name) for field in FIELDS for name in HOSTILE if (field, name) not in {
    # Thunderbird leaves no room for the message, whatever stands in it.
    ("Reply-To", "long"), ("Reply-To", "unencodable"), ("Reply-To", "unbreakable"),
    # Thunderbird fails on it: the test after the next.
    ("From", "unencodable")}]
OWN_ELEMENTS = {"span", "div", "p", "ul", "li", "b", "bdi", "button"}


def encoded(text: str) -> bytes:
    """Encoded words (RFC 2047), as a header field takes them."""
    return b"\n ".join(b"=?UTF-8?B?" + base64.b64encode(text[at : at + 12].encode()) + b"?=" for at in range(0, len(text), 12))


def message(field: str, text: str) -> bytes:
    raw = PLAIN.message()
    header, _, body = raw.partition(b"\n\n")
    value = {"From": encoded(text) + b" <info@example.jp>", "Subject": encoded(f"{text} info@example.jp"),
             "Reply-To": encoded(text) + b" <kagoya.support@gmail.com>"}[field]
    lines = [line for line in header.replace(b"\n ", b"\r ").replace(b"\n\t", b"\r\t").split(b"\n")
             if not line.startswith(field.encode() + b":")]
    link = f"<a href='https://evil.example/kagoya/'>{text.replace(chr(0), '')}</a>".encode()
    header = b"\n".join(lines).replace(b"\r", b"\n") + b"\n" + field.encode() + b": " + value
    return header + b"\n\n" + body.replace(b"</body>", link + b"</body>")


@pytest.fixture(scope="module")
def folder(running, tmp_path_factory):
    written = tmp_path_factory.mktemp("words")
    paths = []
    for field, name in CASES:
        paths.append(written / f"{field}-{name}.eml")
        paths[-1].write_bytes(message(field, HOSTILE[name]))
    running.make_folder("Words", [str(path) for path in paths])


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_words_stay_words(running, folder, photograph, case):
    running.show_folder("Words")
    running.show(PLACE, CASES.index(case))
    banner = running.banner_shown(PLACE)
    running.painted()
    photograph(f"words-{case[0]}-{case[1]}")
    assert set(banner["elements"]) <= OWN_ELEMENTS
    assert banner["sentence"] in (words("en")["level_dangerous"], words("en")["level_suspicious"])
    assert 1 <= len(banner["evidence"]) <= 3
    # Nothing is there that cannot be seen, and nothing is addressed as to be clicked.
    unseen = [character for character in banner["text"] if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cn", "Co")]
    assert unseen == []
    assert "http" not in banner["text"]
    assert all(len(each["text"]) < 500 for each in banner["evidence"])
    assert banner["overflow"] <= 0
    assert banner["box"]["height"] < 0.45 * banner["viewport"]["height"]
    assert banner["hit"]["covered"] == []
    running.close_all()
    assert running.new_errors() == []


def test_mail_that_thunderbird_fails_on_is_told_as_such(running, tmp_path):
    """One word of a thousand letters as a name, and Thunderbird tells add-ons nothing of the message."""
    path = tmp_path / "unencodable.eml"
    path.write_bytes(message("From", HOSTILE["unencodable"]))
    running.make_folder("Unencodable", [str(path)])
    running.show(PLACE, 0)
    banner = running.banner_shown(PLACE)
    texts = words("en")
    assert banner["level"] == "suspicious"
    assert banner["sentence"] == f'{texts["level_unchecked"]}: {texts["cause_undescribed"]}'
    assert banner["evidence"] == [] and banner["hit"]["covered"] == []
    assert texts["cause_undescribed"] in running.button_tells(PLACE, "unchecked")["title"]
    # The popup waits for it no longer than the button does.
    assert texts["cause_undescribed"] in running.open_popup(PLACE)["text"]
    running.close_popup(PLACE)
    running.close_all()
    running.new_errors()  # Thunderbird's own, about the name.


def test_right_to_left(running, request, screen, photograph, tmp_path):
    """In a language written from right to left everything stands the other way round, and nothing overflows."""
    path = tmp_path / "right-to-left.xpi"
    with zipfile.ZipFile(request.config.getoption("--xpi")) as original, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in original.namelist():
            content = original.read(name)
            if name == "shared/texts.mjs":
                assert content.count(b'["ar", "fa", "he", "ur"]') == 1
                content = content.replace(b'["ar", "fa", "he", "ur"]', b'["en"]')
            changed.writestr(name, content)
    with Thunderbird(running.release, screen.variables) as thunderbird:
        thunderbird.install(path)
        eml = tmp_path / "plain.eml"
        eml.write_bytes(PLAIN.message())
        thunderbird.make_folder("Words", [str(eml)])
        thunderbird.show(PLACE, 0)
        banner = thunderbird.banner_shown(PLACE)
        photograph("banner-right-to-left", thunderbird)
        assert banner["overflow"] <= 0
        assert banner["hit"]["covered"] == []
        dismiss, mark = (thunderbird.spot_in_banner(PLACE, selector)[0] for selector in ("button.dismiss", ".mark"))
        assert dismiss < mark
        assert thunderbird.new_errors() == []
