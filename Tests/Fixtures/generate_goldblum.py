"""Writes the fixtures of class separation and of the backbones R2-D2 and ResNet-12.

    pip install jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
    python generate_goldblum.py            # writes class-separation.json and backbones.json

Conventions and format are those of `generate_fixtures.py`. Weights, statistics and masks have the
names of the engine under test. Batch variances are noted unbiased, and normalised with biased.
"""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from generate_fixtures import HERE, encode
import json


def write(name, about, cases):
    document = {"about": about, "generator": "generate_goldblum.py",
                "versions": {"jax": jax.__version__, "numpy": np.__version__}, "cases": cases}
    lines = json.dumps(encode(document), sort_keys=True, separators=(",", ":"), allow_nan=False)
    (HERE / name).write_text(lines + "\n")
    print(f"{name}: {len(cases)} cases, {(HERE / name).stat().st_size / 1000:.0f} kB")


# MARK: Class separation


def clustering(f, form):
    """Features [classes, images, features]."""
    c, n, _ = f.shape
    mu = f.mean(1)
    within = sum(((f[i, j] - mu[i]) ** 2).sum() for i in range(c) for j in range(n))
    between = sum(((mu[i] - f.mean((0, 1))) ** 2).sum() for i in range(c))
    return c / n * within / between if form == "printed" else within / (between + 1e-6)


def variation(f, form):
    d1, d2 = f[0, 0] - f[1, 0], f[0, 1] - f[1, 1]
    change, sizes = jnp.linalg.norm(d1 - d2), jnp.linalg.norm(d1) + jnp.linalg.norm(d2)
    return change / sizes if form == "printed" else (change / (sizes / 2 + 1e-4)) ** 2


def separation():
    random = np.random.default_rng(31)
    cases = []
    for measure, function, shapes in [
        ("featureClustering", clustering, [(3, 2, 2, 7), (2, 3, 4, 5)]),
        ("hyperplaneVariation", variation, [(4, 2, 2, 6)]),
    ]:
        for shape in shapes:
            for form in ["printed", "released"]:
                features = random.normal(size=shape) + 2 * random.normal(size=shape[:2] + (1, shape[3]))

                def mean(f):
                    return sum(function(g, form) for g in f) / shape[0]

                cases.append({
                    "measure": measure, "form": form, "features": features,
                    "values": np.array([function(jnp.array(f), form) for f in features]),
                    "gradient": jax.grad(mean)(jnp.array(features))})
    write("class-separation.json",
          "R_FC and R_HV of each pair of classes, and the gradient of their mean.", cases)


# MARK: Backbones


def convolve(x, w, border):
    return lax.conv_general_dilated(x, w, (1, 1), ((border, border),) * 2,
                                    dimension_numbers=("NHWC", "HWIO", "NHWC"))


def pool(x):
    n, h, w, c = x.shape
    return x.reshape(n, h // 2, 2, w // 2, 2, c).max((2, 4))


class Pass:
    """Normalises by the batch and notes its statistics, or by running ones."""

    def __init__(self, weights, running):
        self.weights, self.running, self.noted = weights, running, {}

    def normalised(self, x, name):
        if self.running is None:
            mean, variance = x.mean((0, 1, 2)), x.var((0, 1, 2))
            self.noted[name + "/mean"] = mean
            self.noted[name + "/variance"] = x.var((0, 1, 2), ddof=1)
        else:
            mean, variance = self.running[name + "/mean"], self.running[name + "/variance"]
        y = (x - mean) / jnp.sqrt(variance + 1e-5)
        return self.weights[name + "/scale"] * y + self.weights[name + "/shift"]


def r2d2(w, x, masks, running):
    p, maps = Pass(w, running), []
    for i in range(1, 5):
        x = pool(p.normalised(convolve(x, w[f"block{i}/filter"], 1), f"block{i}"))
        x = jax.nn.leaky_relu(x, 0.1) if i < 4 else x
        x = x * masks.get(f"block{i}", 1)
        maps.append(x.reshape(len(x), -1))
    return jnp.concatenate(maps[2:], 1), p.noted


def resnet(w, x, masks, running):
    p = Pass(w, running)
    for i in range(1, 5):
        y = x
        for j in (1, 2, 3):
            name = f"stage{i}/layer{j}"
            y = p.normalised(convolve(y, w[name + "/filter"], 1), name)
            y = jax.nn.leaky_relu(y, 0.1) if j < 3 else y
        name = f"stage{i}/shortcut"
        y = y + p.normalised(convolve(x, w[name + "/filter"], 0), name)
        x = pool(jax.nn.leaky_relu(y, 0.1)) * masks.get(f"stage{i}", 1)
    return x.reshape(len(x), -1), p.noted


def layers(network, widths):
    inputs = [3] + widths[:3]
    if network == "r2-d2":
        return [(f"block{i + 1}", (3, 3, inputs[i], widths[i])) for i in range(4)]
    return [(f"stage{i + 1}/{layer}", (side, side, inputs[i] if first else widths[i], widths[i]))
            for i in range(4)
            for layer, side, first in [("layer1", 3, True), ("layer2", 3, False),
                                       ("layer3", 3, False), ("shortcut", 1, True)]]


def backbones():
    random = np.random.default_rng(32)
    cases = []
    for network, apply, widths, side, count in [
        ("r2-d2", r2d2, [3, 4, 5, 6], 16, 3), ("residual network", resnet, [2, 3, 4, 5], 16, 3),
    ]:
        weights, running, masks = {}, {}, {}
        for name, shape in layers(network, widths):
            fan = shape[0] * shape[1] * shape[2]
            weights[name + "/filter"] = random.normal(size=shape) / np.sqrt(fan)
            weights[name + "/scale"] = random.uniform(0.5, 1.5, shape[3])
            weights[name + "/shift"] = random.normal(size=shape[3]) * 0.2
            running[name + "/mean"] = random.normal(size=shape[3]) * 0.2
            running[name + "/variance"] = random.uniform(0.5, 1.5, shape[3])
        for stage in ([3, 4] if network == "r2-d2" else [1, 2, 3, 4]):
            s = side >> stage
            name = ("block" if network == "r2-d2" else "stage") + str(stage)
            masks[name] = random.integers(0, 2, (count, s, s, widths[stage - 1])) * 2.0
        images = random.uniform(size=(count, side, side, 3))
        w = {k: jnp.array(v) for k, v in weights.items()}
        features, noted = apply(w, images, masks, None)
        probe = random.normal(size=features.shape)

        def probed(w, masks, running):
            return (apply(w, images, masks, running)[0] * probe).sum()

        cases.append({
            "network": network, "widths": widths, "side": side, "images": images,
            "names": list(weights), "statisticsNames": list(running), "masksNames": list(masks),
            "weights": weights, "running": running, "masks": masks, "probe": probe,
            "training": features, "noted": noted,
            "trainingGradient": jax.grad(probed)(w, masks, None),
            "answering": apply(w, images, {}, running)[0],
            "answeringGradient": jax.grad(probed)(w, {}, running)})
    write("backbones.json",
          "Features of small R2-D2 and ResNet-12 networks while training, with masks, and while "
          "answering; batch statistics; gradients of the features' product with a probe.", cases)


if __name__ == "__main__":
    separation()
    backbones()
