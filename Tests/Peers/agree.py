"""python agree.py A.npz B.npz: largest deviation between two dumps, as max |a - b| / max |b|."""

import sys

import numpy as np

a, b = (list(np.load(path).values()) for path in sys.argv[1:3])
for kind, part in [("loss", slice(0, 1)), ("gradient", slice(1, None))]:
    pairs = list(zip(a[part], b[part], strict=True))
    if pairs:
        scale = max(np.abs(y).max() for _, y in pairs)
        print(f"{kind:8} {max(np.abs(x - y).max() for x, y in pairs) / scale:.1e}")
