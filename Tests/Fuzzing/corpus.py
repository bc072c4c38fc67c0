"""Writes the files that fuzzing starts from: a few small ones of every format."""

import base64
import gzip
import hashlib
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


def weights(header, numbers, gap=b""):
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + numbers + gap


def place(shape, start, end, kind="F32"):
    return {"dtype": kind, "shape": shape, "data_offsets": [start, end]}


two = {"a": place([2, 1], 0, 8), "b": place([], 8, 12)}
write("weights", "two", weights(two, struct.pack("<3f", 1, -0.0, float("nan"))))
write("weights", "described", weights({"__metadata__": {"epoch": "3"}, **two}, b"\0" * 12))
write("weights", "empty", weights({"a": place([0, 3], 0, 0), "b": place([0], 0, 0)}, b""))
write("weights", "large", weights({"a": place([2**61 - 1], 0, 2**63 - 4)}, b""))
write("weights", "half", weights({"a": place([2], 0, 4, "F16")}, b"\0" * 4))
write("weights", "trailing", weights(two, b"\0" * 12, b"\0"))

# The first byte says which of a run's files hold the rest, and by the highest bit that it is sealed.
DESCRIPTION, OUTCOME, ENVIRONMENT, COST, MANIFEST, SEALED = 1, 2, 4, 8, 16, 128
digest = "0" * 64
for name, files, content in [
    ("description", DESCRIPTION, {"engine": 3, "name": "fuzz", "settings": {}, "version": 1}),
    ("outcome", OUTCOME, {"key": "fuzz-e3b0c44298fc1c14", "outcome": [0.5, "nan"]}),
    ("environment", DESCRIPTION | ENVIRONMENT, [{"kernels": "Haswell"}, {"kernels": "SkylakeX"}]),
    (
        "cost", COST,
        {"processorSeconds": 1.5, "workers": 2, "peakBytes": 1, "isResumed": False,
         "runs": ["walk-0123456789abcdef"]},
    ),
    ("manifest", MANIFEST, {"digests": {"weights.safetensors": digest, "../outcome.json": digest}}),
]:
    text = json.dumps(content).encode()
    write("store", name, bytes([files | SEALED]) + text)
    write("store", name + "-open", bytes([files]) + text)
    sealed = b'{"sha256":"%s","content":%s}\n' % (hashlib.sha256(text).hexdigest().encode(), text)
    write("store", name + "-file", bytes([files]) + sealed)

data = here.parent.parent / "Data"


def smallest(pattern):
    return min(data.glob(pattern), key=lambda file: (file.stat().st_size, file.name))


def shortened(value):
    """The same with at most two of what there is many of."""
    if isinstance(value, list):
        return [shortened(item) for item in value[:2]]
    if isinstance(value, dict):
        return {key: shortened(value[key]) for key in list(value)[:20]}
    return value[:60] if isinstance(value, str) else value


figure = json.loads(smallest("results/*table*.json").read_text())
for name, value in [
    ("golden", json.loads(smallest("golden/*.json").read_text())),
    ("figure", {**figure, "results": None}),
    ("findings", figure["claims"]),
    ("seeds", {"a": {"seeds": [1, 2**64 - 1], "values": [0.5, "nan"]}, "b": [None, True, -1]}),
    ("verdicts", json.loads((data / "results/verdicts.json").read_text())),
    ("timings", json.loads((data / "results/timings.json").read_text())),
    ("times", json.loads(smallest("results/times/*.json").read_text())),
    ("catalogue", json.loads((data / "papers/claims.json").read_text())),
    ("paper", json.loads(smallest("papers/*20*.json").read_text())),
    ("errata", json.loads((data / "papers/errata.json").read_text())),
    (
        "listing",
        {"index": 0, "key": "walk-0123456789abcdef", "stored": False, "lastEpoch": 4,
         "foundations": ["walk-0123456789abcdef"], "description": {"settings": {}}},
    ),
    ("absence", {"dataAbsent": "no Omniglot in x"}),
]:
    write("results", name, json.dumps(shortened(value), separators=(",", ":")).encode())
