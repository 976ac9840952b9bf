#!/usr/bin/env python3
"""Makes the files of `files/` with programs that others wrote, and `files.csv` with what each holds by the hand that made it.

Needs: segno, pillow, reportlab, pypdf, python-docx, openpyxl, cryptography (PyPI); qrencode, ghostscript, zip, 7zip (Debian).
Columns of files.csv: file, kind, then what is expected: links, codes, names (each parted by spaces), and of the flags
macros, locked, unread those that hold.
"""
import base64, csv, io, os, subprocess, sys, tempfile, zipfile, zlib
from pathlib import Path

import docx
import openpyxl
import pypdf
import segno
from docx.opc.constants import RELATIONSHIP_TYPE
from PIL import Image, ImageDraw, ImageOps
from reportlab.pdfgen import canvas

FILES = Path(__file__).parent / "files"
LINK = "https://login.example.net/mfa?u=4711"
OTHER = "https://pay.example.org/i/9"
rows = []


def put(name, content, kind, links="", codes="", names="", flags=""):
    (FILES / name).write_bytes(content)
    rows.append((name, kind, links, codes, names, flags))


def picture(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def code(text=LINK, scale=3, border=4, error="m", **colours):
    out = io.BytesIO()
    segno.make(text, error=error, micro=False).save(out, kind="png", scale=scale, border=border, **colours)
    return Image.open(out).convert("RGB")


def pictures():
    plain = code()
    for kind, ending in [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp"), ("BMP", "bmp")]:
        image = plain.convert("1") if kind == "BMP" else plain
        put(f"code.{ending}", picture(image, kind), "picture", codes=LINK)
    put("code-inverted.png", picture(ImageOps.invert(plain), "PNG", optimize=True), "picture", codes=LINK)
    pale = Image.eval(plain, lambda grey: 200 + grey // 8)
    put("code-pale.png", picture(pale.convert("L"), "PNG", optimize=True), "picture", codes=LINK)
    turned = plain.convert("L").rotate(33, expand=True, fillcolor=255)
    put("code-turned.png", picture(turned, "PNG", optimize=True), "picture", codes=LINK)
    logo = code(scale=4, error="h")
    middle = logo.width // 2
    ImageDraw.Draw(logo).rectangle([middle - 14, middle - 14, middle + 14, middle + 14], fill="#0078d4")
    put("code-logo.png", picture(logo.convert("P"), "PNG", optimize=True), "picture", codes=LINK)
    two = Image.new("RGB", (plain.width * 2 + 20, plain.height + 20), "white")
    two.paste(plain, (0, 0))
    two.paste(code(OTHER), (plain.width + 20, 20))
    put("code-two.png", picture(two.convert("1"), "PNG", optimize=True), "picture", codes=f"{LINK} {OTHER}")
    clear = Image.new("RGBA", plain.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=ImageOps.invert(plain.convert("L")))
    put("code-clear.png", picture(clear, "PNG", optimize=True), "picture", codes=LINK)
    put("code-colour.png", picture(code(dark="#0b3d91", light="#fff3cd").convert("P"), "PNG", optimize=True), "picture", codes=LINK)
    made = subprocess.run(["qrencode", "-o", "-", "-s", "2", LINK], capture_output=True, check=True).stdout
    put("code-qrencode.png", made, "picture", codes=LINK)
    put("code-card.png", picture(code("BEGIN:VCARD\nFN:A\nEND:VCARD", scale=2).convert("1"), "PNG"), "picture", codes="BEGIN:VCARD\nFN:A\nEND:VCARD")
    put("code-wifi.png", picture(code("WIFI:T:WPA;S:guest;P:guest;;", scale=2).convert("1"), "PNG"), "picture", codes="WIFI:T:WPA;S:guest;P:guest;;")
    put("code-small.png", picture(code(scale=1).convert("1"), "PNG"), "picture", codes=LINK)
    put("no-code.png", picture(Image.linear_gradient("L").resize((120, 80)), "PNG"), "picture")
    put("dot.gif", picture(Image.new("1", (1, 1)), "GIF"), "picture")
    # The hostile cousins.
    whole = picture(plain, "PNG")
    put("code-cut.png", whole[: len(whole) // 3], "picture", flags="unread")
    put("code-as-jpeg.jpg", whole, "picture", codes=LINK)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", (50000).to_bytes(4) + (50000).to_bytes(4) + b"\x01\0\0\0\0") + chunk(b"IDAT", zlib.compress(b"\0" * 100000, 9)) + chunk(b"IEND", b"")
    put("bomb.png", bomb, "picture", flags="unread")
    put("noise.jpg", b"\xff\xd8\xff" + bytes(range(256)) * 4, "picture", flags="unread")
    put("empty.png", b"", "picture", flags="unread")
    put("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64), "picture", flags="unread")


def chunk(kind, data):
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def pdf(draw, **options):
    out = io.BytesIO()
    page = canvas.Canvas(out, invariant=1, **options)
    draw(page)
    page.showPage()
    page.save()
    return out.getvalue()


def pdfs():
    def linked(page):
        page.drawString(100, 700, "Your document is ready.")
        page.linkURL(LINK, (100, 690, 300, 715))

    plain = pdf(linked)
    put("link.pdf", plain, "pdf", links=LINK)
    put("text.pdf", pdf(lambda page: page.drawString(100, 700, "Invoice 4711")), "pdf")
    put("two-links.pdf", pdf(lambda page: (linked(page), page.linkURL(OTHER, (100, 600, 200, 620)))), "pdf", links=f"{LINK} {OTHER}")
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(plain)))
    writer.encrypt("secret", algorithm="AES-256")
    put("locked.pdf", written(writer), "pdf", flags="locked")
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(plain)))
    name, text = pypdf.generic.NameObject, pypdf.generic.TextStringObject
    script = {name("/S"): name("/JavaScript"), name("/JS"): text("app.alert('hello')")}
    writer.root_object[name("/OpenAction")] = pypdf.generic.DictionaryObject(script)
    put("script.pdf", written(writer), "pdf", links=LINK, flags="macros")
    # Objects packed into streams.
    packed = subprocess.run(
        ["gs", "-q", "-sDEVICE=pdfwrite", "-dCompatibilityLevel=1.7", "-dWriteObjStms=true", "-dWriteXRefStm=true", "-o", "-", "-"],
        input=plain, capture_output=True, check=True,
    ).stdout
    put("link-packed.pdf", packed, "pdf", links=LINK)
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        code(scale=4).convert("L").save(file.name)
        put("code.pdf", pdf(lambda page: page.drawImage(file.name, 100, 400, 150, 150)), "pdf", codes=LINK)
    with tempfile.NamedTemporaryFile(suffix=".jpg") as file:
        code(scale=4).convert("L").save(file.name, quality=80)
        put("code-jpeg.pdf", pdf(lambda page: page.drawImage(file.name, 100, 400, 150, 150)), "pdf", codes=LINK)
    # A picture written as PNG has it: LaTeX and others take it over as it is.
    image = code(scale=3).convert("L")
    lines = [image.crop((0, row, image.width, row + 1)).tobytes() for row in range(image.height)]
    before = bytes(image.width)
    rows = b""
    for line in lines:
        rows += b"\2" + bytes((one - other) % 256 for one, other in zip(line, before))
        before = line
    head = b"/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns %d>>" % (image.width, image.height, image.width)
    put("code-predicted.pdf", b"%PDF-1.7\n1 0 obj<</Type/XObject" + head + b">>stream\n" + zlib.compress(rows, 9) + b"\nendstream endobj\n%%EOF", "pdf", codes=LINK)
    escaped = plain.replace(f"({LINK})".encode(), b"(https:\\057\\057login.example.net\\057mfa?u=4711)")
    put("link-escaped.pdf", escaped, "pdf", links=LINK)
    put("link-hexadecimal.pdf", plain.replace(f"({LINK})".encode(), b"<" + LINK.encode().hex().encode() + b">"), "pdf", links=LINK)
    # The hostile cousins.
    put("cut.pdf", plain[: len(plain) * 2 // 3], "pdf", links=LINK)
    bomb = b"%PDF-1.4\n" + b"".join(b"%d 0 obj<</Filter/FlateDecode>>stream\n" % n + zlib.compress(b"\0" * 9_000_000, 9) + b"\nendstream endobj\n" for n in range(5))
    put("bomb.pdf", bomb, "pdf", flags="unread")
    put("broken.pdf", b"%PDF-1.7\n1 0 obj <</Filter/FlateDecode>> stream\n" + b"\xff" * 200 + b"\nendstream\n/URI (", "pdf")
    put("launch.pdf", b"%PDF-1.4\n1 0 obj<</OpenAction<</S/Launch/F(cmd.exe)>>>>endobj\n%%EOF", "pdf", flags="macros")


def written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def archive(files, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            packed.writestr(info, content, compression)
    return out.getvalue()


def archives():
    put("pages.zip", archive({"a.txt": b"a", "b.txt": b"b"}), "archive", names="a.txt b.txt")
    put("program.zip", archive({"invoice.pdf.exe": b"MZ" + bytes(100)}), "archive", names="invoice.pdf.exe")
    put("japanese.zip", archive({"請求書.lnk": b"L\0\0\0"}), "archive", names="請求書.lnk")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "report.docx").write_bytes(b"report")
        subprocess.run(["zip", "-q", "-P", "4471", "locked.zip", "report.docx"], cwd=folder, check=True)
        put("locked.zip", Path(folder, "locked.zip").read_bytes(), "archive", names="report.docx", flags="locked")
        for name, options in [("locked.7z", ["-p4471"]), ("locked-names.7z", ["-p4471", "-mhe=on"]), ("open.7z", [])]:
            subprocess.run(["7zz", "a", "-bd", *options, name, "report.docx"], cwd=folder, check=True, capture_output=True)
            # Of 7z nothing but its lock is read.
            put(name, Path(folder, name).read_bytes(), "archive", flags="unread" if name == "open.7z" else "locked unread")
        subprocess.run(["7zz", "a", "-bd", "-tzip", "-mem=AES256", "-p4471", "aes.zip", "report.docx"], cwd=folder, check=True, capture_output=True)
        put("locked-aes.zip", Path(folder, "aes.zip").read_bytes(), "archive", names="report.docx", flags="locked")
    # The hostile cousins.
    whole = archive({"a.exe": b"MZ" + bytes(100)})
    put("cut.zip", whole[: len(whole) // 2], "archive", flags="unread")
    put("behind-junk.zip", b"PK" + bytes(50) + whole, "archive", names="a.exe")
    put("bomb.zip", archive({"zeros.txt": bytes(30_000_000)}), "archive", names="zeros.txt")
    many = archive({f"{n:04}.txt": b"" for n in range(300)}, zipfile.ZIP_STORED)
    put("many.zip", many, "archive", names=" ".join(f"{n:04}.txt" for n in range(200)), flags="unread")
    put("broken.rar", b"Rar!\x1a\x07\x01\0" + bytes(20), "archive", flags="unread")


def documents():
    document = docx.Document()
    document.add_paragraph("Please read.")
    put("plain.docx", saved(document), "document")
    document.part.relate_to(LINK, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    linked = saved(document)
    put("link.docx", linked, "document", links=LINK)
    document = docx.Document()
    document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).relate_to("https://evil.example/t.dotm", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate", is_external=True)
    put("template.docx", saved(document), "document", links="https://evil.example/t.dotm", flags="macros")
    document = docx.Document()
    document.add_picture(io.BytesIO(picture(code().convert("1"), "PNG")))
    put("code.docx", saved(document), "document", codes=LINK)
    sheet = openpyxl.Workbook()
    sheet.active["A1"] = "Open"
    sheet.active["A1"].hyperlink = OTHER
    put("link.xlsx", saved(sheet), "document", links=OTHER)
    with zipfile.ZipFile(io.BytesIO(linked)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    put("macros.docm", archive({**parts, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(64)}), "document", links=LINK, flags="macros")
    wide = lambda text: text.encode("utf-16-le")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    put("macros.doc", ole + wide("_VBA_PROJECT_CUR") + bytes(64) + wide("_VBA_PROJECT") + bytes(64), "document", flags="macros")
    put("plain.doc", ole + wide("WordDocument") + bytes(64), "document")
    put("locked.docx", ole + wide("EncryptedPackage") + bytes(64), "document", flags="locked")
    text = '<office:document-content><text:a xlink:type="simple" xlink:href="https://a.example/?x=1&amp;y=2">a</text:a></office:document-content>'
    put("link.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": text.encode()}), "document", links="https://a.example/?x=1&y=2")
    put("object.rtf", rb"{\rtf1{\object\objemb\objupdate{\*\objdata 0105}}}", "document", flags="macros")
    put("plain.rtf", rb"{\rtf1 Hello}", "document")
    # The hostile cousins.
    put("cut.docx", linked[: len(linked) // 2], "document", flags="unread")
    long = b'<Relationships><Relationship Target="' + b"a" * 9_000_000
    put("bomb.docx", archive({"word/_rels/document.xml.rels": long}), "document", flags="unread")


def saved(document):
    out = io.BytesIO()
    document.save(out)
    content = out.getvalue()
    # Packed anew, so that the same files come out every time.
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return archive({name: package.read(name) for name in package.namelist() if "thumbnail" not in name})


if __name__ == "__main__":
    FILES.mkdir(exist_ok=True)
    for make in (pictures, pdfs, archives, documents):
        make()
    with open(FILES.parent / "files.csv", "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    print(len(rows), "files,", sum(file.stat().st_size for file in FILES.iterdir()) // 1024, "KiB")
