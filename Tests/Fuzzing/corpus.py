"""Writes the files that fuzzing starts from: a few small ones of every format."""

import base64
import gzip
import io
import json
import pathlib
import struct
import tarfile
import zipfile
import zlib

here = pathlib.Path(__file__).parent
corpus = here / "Corpus"


def write(reader, name, content):
    folder = corpus / reader
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(kind, bits, row, *chunks, interlaced=0):
    header = struct.pack(">IIBBBBB", 2, 1, bits, kind, 0, 0, interlaced)
    rows = zlib.compress(b"\0" + row)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(chunks)
        + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


pillow = json.loads((here.parent / "ImagingTests/Fixtures/pillow.json").read_text())
for picture in pillow["decodings"]:
    kind = "jpeg" if picture["name"].endswith("JPEG") else "png"
    name = picture["name"].replace(" ", "-").lower()
    write(kind, name, base64.b64decode(picture["file"]))
write("png", "grey-16", png(0, 16, b"\x80\x80\x12\x34"))
write("png", "grey-alpha", png(4, 8, b"\x80\x11\x90\x22"))
write("png", "interlaced", png(2, 8, b"\1\2\3\4\5\6", interlaced=1))
write(
    "png", "palette-clear",
    png(3, 8, b"\0\1", chunk(b"PLTE", b"\1\2\3\4\5\6"), chunk(b"tRNS", b"\0")),
)
write(
    "png", "coloured",
    png(0, 8, b"\x80\x81", chunk(b"gAMA", struct.pack(">I", 100000)), chunk(b"sBIT", b"\5"),
        chunk(b"iTXt", b"a\0\0\0\0\0text"), chunk(b"tEXt", b"b\0text")),
)

write("lists", "plain", b"filename,label\na.jpg,n1\nb.jpg,n2\n")
write("lists", "quoted", b'"a ""b"", c.jpg" , n1\r\n\r\n"d.jpg","n2"')
write("lists", "wide", "filename,label\nä.jpg,n1\n".encode("utf-16"))
write("lists", "marked", b"\xef\xbb\xbfa.jpg,n1")

record = bytes([3, 7]) + bytes(range(256)) * 12
write("records", "one", record)
write("records", "two", record * 2)
write("records", "short", record[:-1])

files = [("set/a/1.png", b"one" * 9), ("set/b/2.png", b""), ("__MACOSX/set/._1.png", b"x")]
for method, name in [(zipfile.ZIP_STORED, "stored.zip"), (zipfile.ZIP_DEFLATED, "packed.zip")]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", method) as target:
        for path, content in files:
            target.writestr(zipfile.ZipInfo(path), content, method)
    write("archives", name, archive.getvalue())
for form, name in [(tarfile.USTAR_FORMAT, "old.tar"), (tarfile.PAX_FORMAT, "new.tar")]:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=form) as target:
        for path, content in files:
            facts = tarfile.TarInfo(path)
            facts.size = len(content)
            target.addfile(facts, io.BytesIO(content))
    write("archives", name, archive.getvalue())
    write("archives", name + ".gz", gzip.compress(archive.getvalue(), mtime=0))
