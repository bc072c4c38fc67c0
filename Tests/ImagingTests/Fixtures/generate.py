"""Writes the pictures and numbers that ImagingTests compares with; needs Pillow (13.0.0 was used)."""

import base64
import io
import json
import pathlib

from PIL import Image, __version__


def pattern(width, height, channels):
    """A picture of plain integer arithmetic with smooth parts, edges and noise."""
    samples = []
    for y in range(height):
        for x in range(width):
            for c in range(channels):
                smooth = (x * 5 + y * 3 + c * 40) % 256
                edge = 255 if (x // 7 + y // 5 + c) % 2 else 0
                noise = (x * 7919 + y * 104729 + c * 1299709) % 61
                samples.append((smooth + edge + noise) // 3 % 256)
    return samples


def picture(width, height, channels):
    return Image.frombytes("L" if channels == 1 else "RGB", (width, height), bytes(pattern(width, height, channels)))


def encoded(image, **options):
    file = io.BytesIO()
    image.save(file, **options)
    return base64.b64encode(file.getvalue()).decode()


resizings = []
for source, target, channels in [
    ((105, 105), (28, 28), 1),
    ((37, 23), (16, 9), 3),
    ((13, 11), (30, 25), 1),
    ((40, 20), (40, 7), 1),
    ((20, 40), (8, 40), 3),
]:
    for name, method in [("lanczos", Image.Resampling.LANCZOS), ("area", Image.Resampling.BOX)]:
        result = picture(*source, channels).resize(target, method)
        resizings.append(
            {
                "source": source, "target": target, "channels": channels, "filter": name,
                "pixels": base64.b64encode(result.tobytes()).decode(),
            }
        )

strokes = picture(21, 13, 1).point(lambda v: 255 if v > 90 else 0).convert("1")
colour = picture(24, 17, 3)
palette = colour.quantize(16)
decodings = []
for name, image, options in [
    ("1-bit grey PNG", strokes, {"format": "PNG"}),
    ("grey PNG", picture(9, 5, 1), {"format": "PNG"}),
    ("colour PNG", colour, {"format": "PNG"}),
    ("palette PNG", palette, {"format": "PNG"}),
    ("baseline JPEG", colour, {"format": "JPEG", "quality": 90}),
    ("progressive JPEG", colour, {"format": "JPEG", "quality": 70, "progressive": True}),
    ("grey JPEG", picture(19, 10, 1), {"format": "JPEG", "quality": 80}),
    ("CMYK JPEG", colour.convert("CMYK"), {"format": "JPEG", "quality": 95}),
]:
    file = encoded(image, **options)
    pixels = Image.open(io.BytesIO(base64.b64decode(file)))
    pixels = pixels.convert("L" if pixels.mode in ("1", "L") else "RGB")
    decodings.append(
        {
            "name": name, "size": pixels.size, "channels": 1 if pixels.mode == "L" else 3, "file": file,
            "pixels": base64.b64encode(pixels.tobytes()).decode(),
        }
    )

luma = base64.b64encode(colour.convert("L").tobytes()).decode()
fixtures = {"pillow": __version__, "resizings": resizings, "decodings": decodings, "luma": luma}
path = pathlib.Path(__file__).with_name("pillow.json")
path.write_text(json.dumps(fixtures, indent=1, sort_keys=True) + "\n")
