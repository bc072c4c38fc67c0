"""Writes the fixtures of the numerical tests, from an implementation that shares no code with ours.

    pip install jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
    python generate_fixtures.py            # writes the *.json files beside this script

JAX in float64 on the CPU. Everything is drawn from the seed in each function, so that a second
run writes the same numbers up to rounding (another JAX version may differ in the last digits).
`verify_with_torch.py` recomputes the meta-gradients from the files with PyTorch.

Conventions (those of the engine under test)
  images       [N, H, W, C]
  convolution  weights [kh, kw, in, out], 3x3, no bias; stride 2 or 1, symmetric padding of 1
  dense        weights [in, out], bias [out]
  batch norm   over (N, H, W) of the batch at hand, biased variance,
               scale * (x - mean) / sqrt(variance + epsilon) + shift
  pooling      2x2, stride 2, an odd last row or column is dropped; after the activation
  head input   `flatten`: row-major (h, w, c); `mean`: over h and w
  loss         mean cross-entropy, or mean squared error; the inner loop descends the mean loss
  first order  the inner gradients are constants of the outer derivative (FOMAML)

Files
  Every array is {"shape": [...], "values": [...]} in row-major order; weights are objects by name,
  and `names` gives their order. Labels are plain lists of integers.
"""

import json
import os
from pathlib import Path

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.flatten_util import ravel_pytree

jax.config.update("jax_enable_x64", True)

HERE = Path(__file__).resolve().parent
ACTIVATIONS = {"relu": jax.nn.relu, "softplus": jax.nn.softplus, "tanh": jnp.tanh}


# MARK: Networks


def convolutional_network(net):
    """weights, images -> logits; `tnet` inserts a 1x1 convolution and a final linear map,
    `linear` has the widths of dense layers between features and head with nothing after them."""
    activation = ACTIVATIONS[net["activation"]]

    def apply(w, x):
        for i in range(1, net["blocks"] + 1):
            x = lax.conv_general_dilated(
                x, w[f"convolution{i}.weights"], (net["stride"],) * 2, ((1, 1), (1, 1)),
                dimension_numbers=("NHWC", "HWIO", "NHWC"))
            if net.get("tnet"):
                x = x @ w[f"transform{i}.weights"]
            mean = x.mean((0, 1, 2))
            variance = ((x - mean) ** 2).mean((0, 1, 2))
            x = (x - mean) / jnp.sqrt(variance + net["epsilon"])
            x = activation(w[f"normalization{i}.scale"] * x + w[f"normalization{i}.shift"])
            if net["pool"]:
                n, h, _, c = x.shape
                h //= 2
                x = x[:, : 2 * h, : 2 * h].reshape(n, h, 2, h, 2, c).max((2, 4))
        x = x.reshape(len(x), -1) if net["headInput"] == "flatten" else x.mean((1, 2))
        for i in range(1, len(net.get("linear", [])) + 1):
            x = x @ w[f"linear{i}.weights"] + w[f"linear{i}.bias"]
        x = x @ w["head.weights"] + w["head.bias"]
        return x @ w["headTransform.weights"] if net.get("tnet") else x

    return apply


def perceptron(net):
    """weights, inputs [N, 1] -> outputs [N, 1]."""
    activation = ACTIVATIONS[net["activation"]]
    last = len(net["sizes"]) - 1

    def apply(w, x):
        for i in range(1, last + 1):
            x = x @ w[f"dense{i}.weights"] + w[f"dense{i}.bias"]
            x = activation(x) if i < last else x
        return x

    return apply


def cross_entropy(apply):
    def loss(w, x, y):
        logits = jax.nn.log_softmax(apply(w, x))
        return -logits[jnp.arange(len(y)), y].mean()

    return loss


def mean_squared_error(apply):
    return lambda w, x, y: ((apply(w, x) - y) ** 2).mean()


def convolutional_weights(random, net, ways):
    w, channels, side = {}, net["channels"], net["side"]
    for i in range(1, net["blocks"] + 1):
        f = net["filters"]
        w[f"convolution{i}.weights"] = random.normal(size=(3, 3, channels, f)) * np.sqrt(
            2 / (9 * channels))
        w[f"normalization{i}.scale"] = 1 + 0.2 * random.normal(size=f)
        w[f"normalization{i}.shift"] = 0.2 * random.normal(size=f)
        channels, side = f, side // 2 if net["pool"] else (side - 1) // net["stride"] + 1
    features = channels * side * side if net["headInput"] == "flatten" else channels
    for i, width in enumerate(net.get("linear", []), 1):
        w[f"linear{i}.weights"] = random.normal(size=(features, width)) / np.sqrt(features)
        w[f"linear{i}.bias"] = 0.1 * random.normal(size=width)
        features = width
    w["head.weights"] = random.normal(size=(features, ways)) / np.sqrt(features)
    w["head.bias"] = 0.1 * random.normal(size=ways)
    return {name: jnp.asarray(value) for name, value in w.items()}


def perceptron_weights(random, net):
    w = {}
    for i, (a, b) in enumerate(zip(net["sizes"][:-1], net["sizes"][1:]), 1):
        w[f"dense{i}.weights"] = jnp.asarray(random.normal(size=(a, b)) * np.sqrt(2 / a))
        w[f"dense{i}.bias"] = jnp.asarray(0.3 * random.normal(size=b))
    return w


# MARK: Episodes


def image_episode(random, net, ways, shots, queries):
    """Class prototypes and noise; images rounded to 4 digits to keep the files small."""
    side, channels = net["side"], net["channels"]
    prototypes = random.normal(size=(ways, side, side, channels))

    def batch(per_class):
        labels = np.tile(np.arange(ways), per_class)
        images = prototypes[labels] + 0.7 * random.normal(size=(len(labels), side, side, channels))
        return jnp.asarray(images.round(4)), jnp.asarray(labels)

    return *batch(shots), *batch(queries)


def sine_episode(random, points):
    amplitude, phase = random.uniform(0.1, 5), random.uniform(0, np.pi)

    def batch():
        x = random.uniform(-5, 5, size=(points, 1)).round(4)
        return jnp.asarray(x), jnp.asarray(amplitude * np.sin(x - phase))

    return *batch(), *batch()


# MARK: Inner loops


def descend(loss, rate, steps, x, y, adapts=None):
    """weights -> weights after `steps` steps on the named tensors (all of them by default)."""

    def run(w, stop):
        history = []
        for _ in range(steps):
            history.append(loss(w, x, y))
            g = jax.grad(loss)(w, x, y)
            g = lax.stop_gradient(g) if stop else g
            w = {k: v - rate * g[k] if adapts is None or k in adapts else v for k, v in w.items()}
        return w, history + [loss(w, x, y)]

    return run


def maml_steps(loss, weights, episode, rate, counts, adapts=None):
    xs, ys, xq, yq = episode
    out = []
    for count in counts:
        run = descend(loss, rate, count, xs, ys, adapts)

        def outer(w, stop):
            return loss(run(w, stop)[0], xq, yq)

        adapted, support = run(weights, False)
        out.append({
            "steps": count,
            "supportLosses": [float(v) for v in support],
            "queryLoss": float(outer(weights, False)),
            "adapted": adapted,
            "secondOrder": jax.grad(outer)(weights, False),
            "firstOrder": jax.grad(outer)(weights, True),
        })
    return out


# MARK: Files


def encode(value):
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(v) for v in value]
    if isinstance(value, (jax.Array, np.ndarray)):
        if value.ndim == 0:
            return value.item()
        if jnp.issubdtype(value.dtype, jnp.integer):
            return [int(v) for v in value]
        return {"shape": list(value.shape), "values": [float(v) for v in np.ravel(value)]}
    return value


def encode_episode(episode):
    xs, ys, xq, yq = episode
    return {"support": {"inputs": xs, "targets": ys}, "query": {"inputs": xq, "targets": yq}}


def write(name, about, cases):
    document = {"about": about, "generator": "generate_fixtures.py",
                "versions": {"jax": jax.__version__, "numpy": np.__version__}, "cases": cases}
    lines = json.dumps(encode(document), sort_keys=True, separators=(",", ":"), allow_nan=False)
    path = HERE / name
    path.write_text(lines + "\n")
    print(f"{name}: {len(cases)} cases, {path.stat().st_size / 1000:.0f} kB")


# MARK: Fixtures


def strided(**changes):
    return {"blocks": 2, "filters": 3, "channels": 1, "side": 8, "stride": 2, "pool": False,
            "activation": "softplus", "headInput": "flatten", "epsilon": 1e-5} | changes


def pooled(**changes):
    return strided(channels=2, side=9, stride=1, pool=True) | changes


def maml_convolutional(name, about, seed, variants, counts=(1, 2, 3)):
    cases = []
    for title, net, rate in variants:
        random = np.random.default_rng(seed)
        weights = convolutional_weights(random, net, ways=3)
        episode = image_episode(random, net, ways=3, shots=1, queries=2)
        loss = cross_entropy(convolutional_network(net))
        cases.append({
            "name": title, "network": net, "innerRate": rate, "names": list(weights),
            "weights": weights, "episode": encode_episode(episode),
            "results": maml_steps(loss, weights, episode, rate, counts)})
    write(name, about, cases)


def maml():
    about = ("MAML on 3-way 1-shot episodes: weights after k inner steps, support losses before "
             "each step and after the last, query loss, second- and first-order meta-gradients.")
    maml_convolutional("maml-conv-2.json", about, 11, [
        ("softplus, rate 0.1", strided(), 0.1),
        ("relu, rate 0.4", strided(activation="relu"), 0.4),
        ("tanh, mean head, epsilon 1e-3",
         strided(activation="tanh", headInput="mean", epsilon=1e-3), 0.4)])
    maml_convolutional("maml-conv-4.json", about, 12, [
        ("softplus, rate 0.1", strided(blocks=4, side=17, epsilon=1e-3), 0.1),
        ("relu, rate 0.1", strided(blocks=4, side=17, activation="relu", epsilon=1e-3), 0.1)],
        counts=(1, 3))
    maml_convolutional("maml-conv-pool.json", about, 13, [
        ("softplus, rate 0.1", pooled(), 0.1),
        ("relu, rate 0.1, mean head", pooled(activation="relu", headInput="mean"), 0.1)])


def sine():
    cases = []
    for activation in ("tanh", "relu"):
        random = np.random.default_rng(21)
        net = {"sizes": [1, 8, 8, 1], "activation": activation}
        weights, episode = perceptron_weights(random, net), sine_episode(random, 10)
        loss = mean_squared_error(perceptron(net))
        cases.append({
            "name": activation, "network": net, "innerRate": 0.01, "names": list(weights),
            "weights": weights, "episode": encode_episode(episode),
            "results": maml_steps(loss, weights, episode, 0.01, (1, 3))})
    write("mlp-sine.json", "MAML on sine regression, mean squared error.", cases)


def hessian():
    cases = []
    for title, net in [
            ("conv-2 softplus", strided()),
            ("conv-2 tanh", strided(activation="tanh", epsilon=1e-3)),
            ("conv-2 relu", strided(activation="relu")),
            ("conv-2 pool softplus", pooled()),
            ("mlp tanh", {"sizes": [1, 8, 8, 1], "activation": "tanh"})]:
        random = np.random.default_rng(31)
        if "sizes" in net:
            weights, episode = perceptron_weights(random, net), sine_episode(random, 10)
            loss, rate = mean_squared_error(perceptron(net)), 0.01
        else:
            weights = convolutional_weights(random, net, ways=3)
            episode = image_episode(random, net, ways=3, shots=1, queries=1)
            loss, rate = cross_entropy(convolutional_network(net)), 0.1
        xs, ys = episode[:2]
        adapted, _ = descend(loss, rate, 3, xs, ys)(weights, False)
        vector = {k: jnp.asarray(random.normal(size=v.shape).round(6)) for k, v in adapted.items()}
        product = jax.jvp(lambda w: jax.grad(loss)(w, xs, ys), (adapted,), (vector,))[1]
        flat, unflatten = ravel_pytree(adapted)
        dense = jax.hessian(lambda t: loss(unflatten(t), xs, ys))(flat)
        eigenvalues = jnp.linalg.eigvalsh((dense + dense.T) / 2)
        deviation = jnp.abs(dense @ ravel_pytree(vector)[0] - ravel_pytree(product)[0]).max()
        assert deviation < 1e-10 * jnp.abs(eigenvalues).max(), deviation
        cases.append({
            "name": title, "network": net, "names": list(weights), "weights": adapted,
            "support": {"inputs": xs, "targets": ys}, "loss": loss(adapted, xs, ys),
            "gradient": jax.grad(loss)(adapted, xs, ys),
            "vector": vector, "product": product,
            "smallestEigenvalues": [float(v) for v in eigenvalues[:4]],
            "largestEigenvalues": [float(v) for v in eigenvalues[-4:]],
            "spectralNorm": float(jnp.abs(eigenvalues).max())})
    write("hvp.json", "Hessian of the support loss at weights adapted by 3 inner steps: product with "
          "a random vector, and the extreme eigenvalues of the dense matrix.", cases)


def coherence():
    def mean_over_pairs(rows):
        gram = rows @ rows.T
        n = len(rows)
        return float((gram.sum() - jnp.trace(gram)) / (n * (n - 1)))

    cases = []
    for title, net in [("softplus", strided()), ("relu", strided(activation="relu"))]:
        random = np.random.default_rng(41)
        weights = convolutional_weights(random, net, ways=3)
        episodes = [image_episode(random, net, ways=3, shots=1, queries=1) for _ in range(4)]
        loss, rate, steps = cross_entropy(convolutional_network(net)), 0.1, 3
        displacements, gradients = [], []
        for xs, ys, _, _ in episodes:
            adapted, _ = descend(loss, rate, steps, xs, ys)(weights, False)
            displacements.append({k: adapted[k] - weights[k] for k in weights})
            gradients.append(jax.grad(loss)(weights, xs, ys))
        d = jnp.stack([ravel_pytree(v)[0] for v in displacements])
        g = jnp.stack([ravel_pytree(v)[0] for v in gradients])
        norms = jnp.linalg.norm(d, axis=1)
        cases.append({
            "name": title, "network": net, "innerRate": rate, "steps": steps,
            "names": list(weights), "weights": weights,
            "episodes": [{"support": {"inputs": e[0], "targets": e[1]}} for e in episodes],
            "displacements": displacements,
            "trajectoryNorms": [float(v) for v in norms],
            "meanTrajectoryNorm": float(norms.mean()),
            "trajectoryCoherence": mean_over_pairs(d / norms[:, None]),
            "gradientInnerProducts": [[float(v) for v in row] for row in g @ g.T],
            "gradientCoherence": mean_over_pairs(g),
            "gradientCosine": mean_over_pairs(g / jnp.linalg.norm(g, axis=1)[:, None])})
    write("coherence.json", "Four episodes: displacements of the inner loop, mean cosine over distinct "
          "pairs, norms; inner products of the support gradients at the shared weights.", cases)


def optimisers():
    random = np.random.default_rng(51)
    matrix = jnp.asarray(random.normal(size=(6, 3)).round(4))
    start = {"a": jnp.asarray(random.normal(size=3).round(4)),
             "b": jnp.asarray(random.normal(size=(2, 3)).round(4))}

    def objective(w):
        return jax.nn.softplus(matrix @ w["a"]).sum() + ((w["b"] @ w["a"] - 1) ** 4).mean()

    def run(update, state):
        w, out = start, []
        for t in range(1, 6):
            g = jax.grad(objective)(w)
            change, state = update(g, state, t)
            w = {k: w[k] + change[k] for k in w}
            out.append({"gradient": g, "weights": w, "objective": objective(w)})
        return out

    zero = {k: jnp.zeros_like(v) for k, v in start.items()}

    def adam(rate, b1, b2, epsilon):
        def update(g, state, t):
            m, v = state
            m = {k: b1 * m[k] + (1 - b1) * g[k] for k in g}
            v = {k: b2 * v[k] + (1 - b2) * g[k] ** 2 for k in g}
            scale = {k: jnp.sqrt(v[k] / (1 - b2**t)) + epsilon for k in g}
            return {k: -rate * m[k] / (1 - b1**t) / scale[k] for k in g}, (m, v)

        return run(update, (zero, zero))

    def momentum(rate, mu):
        def update(g, velocity, _):
            velocity = {k: mu * velocity[k] + g[k] for k in g}
            return {k: -rate * velocity[k] for k in g}, velocity

        return run(update, zero)

    shared = {"names": list(start), "matrix": matrix, "weights": start,
              "objective": "sum(softplus(matrix a)) + mean((b a - 1)^4)"}
    write("adam.json", "Five updates of Adam, bias-corrected, epsilon added to the root.", [
        shared | {"name": f"rate {r}", "rate": r, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8,
                  "updates": adam(r, 0.9, 0.999, 1e-8)} for r in (1e-3, 0.1)])
    write("sgd-momentum.json", "Five updates: v = mu v + g, w = w - rate v.", [
        shared | {"name": f"momentum {mu}", "rate": 0.01, "momentum": mu,
                  "updates": momentum(0.01, mu)} for mu in (0.0, 0.9)])


# MARK: Relatives of MAML


def problem(seed, **changes):
    """A small convolutional episode: (network, weights, episode, loss)."""
    random = np.random.default_rng(seed)
    net = strided(**changes)
    weights = convolutional_weights(random, net, ways=3)
    episode = image_episode(random, net, ways=3, shots=1, queries=2)
    return random, net, weights, episode, cross_entropy(convolutional_network(net))


def both_orders(adapt, loss, meta, episode, counts):
    """`adapt(meta, steps, stop)` -> fast weights; meta-gradients by group and name."""
    xq, yq = episode[2:]
    out = []
    for count in counts:
        def outer(m, stop):
            return loss(adapt(m, count, stop), xq, yq)

        out.append({"steps": count, "adapted": adapt(meta, count, False),
                    "queryLoss": float(outer(meta, False)),
                    "secondOrder": jax.grad(outer)(meta, False),
                    "firstOrder": jax.grad(outer)(meta, True)})
    return out


def support_gradient(loss, w, episode, stop):
    g = jax.grad(loss)(w, *episode[:2])
    return lax.stop_gradient(g) if stop else g


def meta_sgd():
    random, net, weights, episode, loss = problem(61)
    rates = {k: jnp.asarray((0.1 + 0.08 * random.normal(size=v.shape)).round(6))
             for k, v in weights.items()}

    def adapt(meta, steps, stop):
        w = meta["weights"]
        for _ in range(steps):
            g = support_gradient(loss, w, episode, stop)
            w = {k: w[k] - meta["rates"][k] * g[k] for k in w}
        return w

    meta = {"weights": weights, "rates": rates}
    write("meta-sgd.json", "Meta-SGD: w = w - rates * gradient, one rate per scalar.", [{
        "name": "conv-2 softplus", "network": net, "names": list(weights), "meta": meta,
        "episode": encode_episode(episode),
        "results": both_orders(adapt, loss, meta, episode, (1, 2))}])


def anil():
    _, net, weights, episode, loss = problem(62)
    head = ["head.weights", "head.bias"]
    write("anil.json", "ANIL: the inner loop adapts the head only.", [{
        "name": "conv-2 softplus", "network": net, "innerRate": 0.4, "adapts": head,
        "names": list(weights), "weights": weights, "episode": encode_episode(episode),
        "results": maml_steps(loss, weights, episode, 0.4, (1, 3), adapts=head)}])


def linnet():
    cases = []
    for title, names in [("all layers adapt", None), ("the head adapts", ("linear", "head"))]:
        _, net, weights, episode, loss = problem(66, linear=[5, 4])
        inner = [k for k in weights if names is None or k.startswith(names)]
        cases.append({
            "name": title, "network": net, "innerRate": 0.2, "adapts": inner,
            "names": list(weights), "weights": weights, "episode": encode_episode(episode),
            "results": maml_steps(loss, weights, episode, 0.2, (1, 3), adapts=inner)})
    write("linnet.json", "LinNet: dense layers with nothing between them, from the features to the "
          "head; all layers adapt, or those after the features alone, as in ANIL.", cases)


def near_identity(random, n):
    return jnp.asarray((np.eye(n) + 0.15 * random.normal(size=(n, n))).round(6))


def meta_curvature():
    random, net, weights, episode, loss = problem(63)
    curvature = {}
    for k, v in weights.items():
        if v.ndim == 1:
            curvature[k] = {"scale": jnp.asarray((1 + 0.2 * random.normal(size=v.shape)).round(6))}
            continue
        curvature[k] = {"input": near_identity(random, v.shape[-2]),
                        "output": near_identity(random, v.shape[-1])}
        if v.ndim == 4:
            curvature[k]["position"] = near_identity(random, v.shape[0] * v.shape[1])

    def transform(m, g):
        if "scale" in m:
            return m["scale"] * g
        h = jnp.einsum("ia,...ab,bo->...io", m["input"], g, m["output"])
        if "position" not in m:
            return h
        return (m["position"] @ h.reshape(len(m["position"]), -1)).reshape(h.shape)

    def adapt(meta, steps, stop):
        w = meta["weights"]
        for _ in range(steps):
            g = support_gradient(loss, w, episode, stop)
            w = {k: w[k] - 0.1 * transform(meta["curvature"][k], g[k]) for k in w}
        return w

    meta = {"weights": weights, "curvature": curvature}
    write("meta-curvature.json", "Meta-Curvature. Dense: input @ G @ output, G [in, out]. Convolution: "
          "the same at every position, then position @ G with the 9 positions (row-major) as rows. "
          "Vectors: scale * g. The curvature is not adapted in the inner loop.", [{
              "name": "conv-2 softplus", "network": net, "innerRate": 0.1, "names": list(weights),
              "meta": meta, "episode": encode_episode(episode),
              "results": both_orders(adapt, loss, meta, episode, (1, 2))}])


def kfo():
    cases = []
    for title, definite, hidden in [
            ("linear", False, 0), ("positive semi-definite", True, 0),
            ("two hidden layers", False, 2), ("two hidden layers, positive semi-definite", True, 2)]:
        random, net, weights, episode, loss = problem(64)
        rate, optimiser = 0.1, {}
        for k, v in weights.items():
            n, m = (v.shape[0], 1) if v.ndim == 1 else (
                (v.shape[1], v.shape[0]) if v.ndim == 2 else (v.shape[2], 9))
            optimiser[k] = {f"layer{i + 1}/{side}": near_identity(random, size)
                            for i in range(hidden + 1)
                            for side, size in (("left", n), ("right", m))}

        def matrices(g):
            """[batch, n, m] as Meta-KFO sees a tensor."""
            if g.ndim == 1:
                return g[None, :, None]
            if g.ndim == 2:
                return g.T[None]
            return g.reshape(9, g.shape[2], g.shape[3]).transpose(2, 1, 0)

        def tensor(y, like):
            if like.ndim == 1:
                return y[0, :, 0]
            if like.ndim == 2:
                return y[0].T
            return y.transpose(2, 1, 0).reshape(like.shape)

        def transform(o, g):
            y = matrices(g)
            for i in range(hidden + 1):
                left, right = o[f"layer{i + 1}/left"], o[f"layer{i + 1}/right"]
                left, right = (left.T @ left, right.T @ right) if definite else (left, right)
                y = left @ (jnp.tanh(y) if i else y) @ right
            return tensor(y, g)

        def adapt(meta, steps, stop):
            w, o = meta["weights"], meta["optimiser"]
            for t in range(steps):
                if t > 0:
                    # The support loss at the present weights, as a function of the optimiser
                    # that made them in the previous step.
                    def through(q, previous=previous, last=last):
                        moved = {k: previous[k] - rate * transform(q[k], last[k]) for k in previous}
                        return loss(moved, *episode[:2])

                    slope = jax.grad(through)(o)
                    slope = lax.stop_gradient(slope) if stop else slope
                    o = jax.tree.map(lambda a, b: a - rate * b, o, slope)
                previous, last = w, support_gradient(loss, w, episode, stop)
                w = {k: w[k] - rate * transform(o[k], last[k]) for k in w}
            return w

        meta = {"weights": weights, "optimiser": optimiser}
        cases.append({
            "name": title, "network": net, "innerRate": rate, "positiveSemiDefinite": definite,
            "hiddenLayers": hidden, "names": list(weights), "meta": meta, "episode": encode_episode(episode),
            "results": both_orders(adapt, loss, meta, episode, (2, 3))})
    write("kfo.json", "Meta-KFO: update left @ G @ right, or (left' left) @ G @ (right' right), or "
          "layers of this with tanh between them. G is "
          "[out, in] for dense weights, [n, 1] for vectors, and one [in, 9] matrix for every output "
          "channel of a convolution (positions row-major). From the second inner step on, the "
          "optimiser first takes a gradient step, with the same rate, on the support loss as a "
          "function of the optimiser that made the previous update. First order: the gradients for "
          "weights and optimiser are constants.", cases)


def tnet():
    random, net, weights, episode, _ = problem(65)
    net = net | {"tnet": True}
    loss = cross_entropy(convolutional_network(net))
    inner = [k for k in weights if k.startswith(("convolution", "head"))]
    transforms = {f"transform{i}.weights": near_identity(random, net["filters"])
                  for i in range(1, net["blocks"] + 1)}
    transforms["headTransform.weights"] = near_identity(random, 3)
    weights = weights | transforms
    write("tnet.json", "T-Net: a 1x1 convolution [in, out] after each convolution, before batch norm, "
          "and a linear map [in, out] after the head; only the tensors in `adapts` move in the inner "
          "loop.", [{
              "name": "conv-2 softplus", "network": net, "innerRate": 0.1, "adapts": inner,
              "names": list(weights), "weights": weights, "episode": encode_episode(episode),
              "results": maml_steps(loss, weights, episode, 0.1, (1, 2), adapts=inner)}])


# MARK: Learned update rules


def regression_problem(seed, activation="tanh"):
    """A sine episode of 5 and 7 points: (random, network, weights, episode, loss)."""
    random = np.random.default_rng(seed)
    net = {"sizes": [1, 6, 5, 1], "activation": activation}
    weights = perceptron_weights(random, net)
    amplitude, phase = random.uniform(0.1, 5), random.uniform(0, np.pi)

    def batch(count):
        x = jnp.asarray(random.uniform(-5, 5, size=(count, 1)).round(4))
        return x, amplitude * jnp.sin(x + phase)

    return random, net, weights, (*batch(5), *batch(7)), mean_squared_error(perceptron(net))


def columns_of(weights):
    """(tree -> column, column -> tree), in the order of the weights: JAX sorts dictionaries."""
    names = list(weights)

    def column(tree):
        return jnp.concatenate([tree[k].reshape(-1, 1) for k in names])

    def filled(column):
        out, first = {}, 0
        for k in names:
            out[k] = column[first:first + weights[k].size].reshape(weights[k].shape)
            first += weights[k].size
        return out

    return column, filled


def drawn(random, shapes, scale):
    return {k: jnp.asarray((scale * random.normal(size=v)).round(6)) for k, v in shapes.items()}


def turtle():
    cases = []
    for title, inputs, learned, bound in [
            ("gradient", ["gradient"], False, 10.0),
            ("gradient and its history, learned rates, often clipped",
             ["gradient", "gradientHistory"], True, 0.5),
            ("all inputs", ["loss", "time", "updateHistory", "gradient", "gradientHistory"], True,
             10.0)]:
        random, net, weights, episode, loss = regression_problem(71)
        column, filled = columns_of(weights)
        d, decay = len(inputs), 0.9
        network = drawn(random, {
            "dense1.weights": (d, 4), "dense1.bias": (4,), "dense2.weights": (4, 4),
            "dense2.bias": (4,), "head.weights": (4, 1), "head.bias": (1,)}, 0.4)
        meta = {"weights": weights, "network": network}
        if learned:
            size = sum(v.size for v in weights.values())
            meta["rates"] = jnp.asarray(random.uniform(0, 0.5, size=(size, 1)).round(6))

        def propose(w, x):
            for i in (1, 2):
                x = jax.nn.relu(x @ w[f"dense{i}.weights"] + w[f"dense{i}.bias"])
            return x @ w["head.weights"] + w["head.bias"]

        def adapt(meta, steps, stop):
            w, gradients, updates = meta["weights"], None, 0.0
            for t in range(steps):
                value, g = jax.value_and_grad(loss)(w, *episode[:2])
                g = column(g)
                value, g = lax.stop_gradient((value, g)) if stop else (value, g)
                g = jnp.clip(g, -bound, bound)
                gradients = g if gradients is None else decay * gradients + (1 - decay) * g
                columns = {"gradient": g, "loss": value + 0 * g, "time": t + 0 * g,
                           "gradientHistory": gradients, "updateHistory": updates + 0 * g}
                change = propose(meta["network"], jnp.concatenate(
                    [columns[name] for name in inputs], 1))
                change = meta["rates"] * change if learned else change
                updates = decay * updates + (1 - decay) * change
                w = filled(column(w) + change)
            return w

        cases.append({
            "name": title, "network": net, "names": list(weights), "networkNames": list(network),
            "inputs": inputs, "bound": bound, "learnedRates": learned, "meta": meta,
            "episode": encode_episode(episode),
            "results": both_orders(adapt, loss, meta, episode, (1, 3))})
    write("turtle.json", "TURTLE on sine regression: w = w + rates * g(rows of inputs), with one ReLU "
          "network for all weights, gradients clipped element by element, histories with decay 0.9 "
          "(of gradients from the first one on, of updates from zero on).", cases)


def lstm():
    cases = []
    for title, logarithms in [("logarithms", True), ("gradient", False)]:
        random, net, weights, episode, loss = regression_problem(72)
        column, filled = columns_of(weights)
        hidden, scale, d = 3, 0.2, 4 if logarithms else 1
        cell = drawn(random, {"input-weight": (d, 4 * hidden), "input-bias": (4 * hidden,),
                              "hidden-weight": (hidden, 4 * hidden),
                              "hidden-bias": (4 * hidden,)}, 0.5)
        gates = drawn(random, {"forget/weight": (hidden + 2, 1), "rate/weight": (hidden + 2, 1)}, 0.2)
        gates |= {"forget/bias": jnp.full((1, 1), 4.5), "rate/bias": jnp.full((1, 1), -2.0)}
        meta = {"weights": weights, "cell": cell, "gates": gates}

        def preprocess(x):
            big = jnp.abs(x) >= np.exp(-10)
            return [jnp.where(big, jnp.log(jnp.abs(x) + 1e-8) / 10, -1),
                    jnp.where(big, jnp.sign(x), np.exp(10) * x)]

        def adapt(meta, steps, stop):
            w, cell, gates = meta["weights"], meta["cell"], meta["gates"]
            h = c = f = i = None
            for _ in range(steps):
                value, g = jax.value_and_grad(loss)(w, *episode[:2])
                g = scale * column(g)
                g = lax.stop_gradient(g) if stop else g
                value = lax.stop_gradient(value) + jnp.zeros_like(g)
                if h is None:
                    h = c = jnp.zeros((len(g), hidden))
                    f = i = jnp.zeros((len(g), 1))
                x = jnp.concatenate(preprocess(value) + preprocess(g), 1) if logarithms else g
                a, b, m, o = jnp.split(
                    x @ cell["input-weight"] + cell["input-bias"]
                    + h @ cell["hidden-weight"] + cell["hidden-bias"], 4, 1)
                c = jax.nn.sigmoid(b) * c + jax.nn.sigmoid(a) * jnp.tanh(m)
                h = jax.nn.sigmoid(o) * jnp.tanh(c)
                f = jnp.concatenate([h, column(w), f], 1) @ gates["forget/weight"]
                f = f + gates["forget/bias"]
                i = jnp.concatenate([h, column(w), i], 1) @ gates["rate/weight"]
                i = i + gates["rate/bias"]
                w = filled(jax.nn.sigmoid(f) * column(w) - jax.nn.sigmoid(i) * g)
            return w

        cases.append({
            "name": title, "network": net, "names": list(weights), "cellNames": list(cell),
            "gateNames": list(gates), "hidden": hidden, "gradientScale": scale,
            "logarithms": logarithms, "meta": meta, "episode": encode_episode(episode),
            "results": both_orders(adapt, loss, meta, episode, (1, 3))})
    write("lstm.json", "Meta-learner LSTM on sine regression: w = sigmoid(f) w - sigmoid(i) g, gates "
          "from [h, w, previous gate before the sigmoid], h from an ordinary LSTM on the scaled "
          "gradient or on logarithms and signs of loss (a constant) and gradient.", cases)


# MARK: Heads on features


def onto_bounded(v, u):
    """The nearest point to each row of v whose elements sum to zero and are at most those of u.

    It is min(v - t, u) with the t for which the sum is zero: found by bisection, then written with
    the elements that are not at their bound, so that it can be differentiated.
    """
    low = jnp.full(len(v), -1e3)
    high = jnp.full(len(v), 1e3)
    for _ in range(80):
        t = (low + high) / 2
        above = jnp.minimum(v - t[:, None], u).sum(1) > 0
        low, high = jnp.where(above, t, low), jnp.where(above, high, t)
    free = lax.stop_gradient((v - t[:, None] < u).astype(v.dtype))
    t = (free * v + (1 - free) * u).sum(1) / free.sum(1)
    return free * (v - t[:, None]) + (1 - free) * u


def crammer_singer(kernel, targets, cost):
    """The duals, as the fixed point of projected gradient steps; its derivative likewise.

    Shares nothing with a solver that looks for active sets: accelerated steps until nothing moves,
    then one solve with the Jacobian of the step.
    """
    rate = 1 / jnp.linalg.norm(lax.stop_gradient(kernel), 2)

    def step(a, kernel):
        return onto_bounded(a - rate * (kernel @ a - targets), cost * targets)

    @jax.jit
    def run(kernel):
        def body(_, state):
            a, b, k = state
            new = step(b, kernel)
            momentum = (jnp.sqrt(1 + 4 * k**2) - 1) / (1 + jnp.sqrt(1 + 4 * k**2))
            # Momentum that points uphill is dropped.
            uphill = ((b - new) * (new - a)).sum() > 0
            k = jnp.where(uphill, 1.0, (1 + jnp.sqrt(1 + 4 * k**2)) / 2)
            return new, jnp.where(uphill, new, new + momentum * (new - a)), k

        zero = jnp.zeros_like(targets)
        return lax.fori_loop(0, 20000, body, (zero, zero, 1.0))[0]

    a = lax.stop_gradient(run(kernel))
    assert jnp.abs(step(a, kernel) - a).max() < 1e-15
    # One Newton step on a = step(a): it changes nothing, and carries the derivative.
    inward = jax.jacobian(lambda v: step(v.reshape(a.shape), lax.stop_gradient(kernel)).ravel())
    system = jnp.eye(a.size) - inward(a.ravel())
    return a + jnp.linalg.solve(system, (step(a, kernel) - a).ravel()).reshape(a.shape)


def heads():
    def ridge(support, targets, query, case):
        matrix = support @ support.T + case["ridge"] * jnp.eye(len(support))
        return query @ support.T @ jnp.linalg.inv(matrix) @ targets

    def prototypes(support, targets, query, case):
        means = (targets.T @ support) / targets.sum(0)[:, None]
        return -((query[:, None] - means[None]) ** 2).mean(2)

    def duals(support, targets, case):
        kernel = support @ support.T + case["diagonal"] * jnp.eye(len(support))
        return crammer_singer(kernel, targets, case["cost"])

    def machine(support, targets, query, case):
        return query @ support.T @ duals(support, targets, case)

    cases = []
    for kind, head, settings in [
            ("prototypes", prototypes, {"scale": 1.3}),
            ("ridge", ridge, {"scale": 2.5, "ridge": 50.0}),
            ("ridge", ridge, {"scale": 7.0, "ridge": 0.5}),
            ("machine", machine, {"scale": 1.7, "cost": 0.1, "diagonal": 1.0}),
            ("machine", machine, {"scale": 3.0, "cost": 1.0, "diagonal": 0.3})]:
        for shots in (1, 4):
            random = np.random.default_rng(91)
            ways, features = 3, 7
            centres = 1.2 * random.normal(size=(ways, features))

            def batch(per_class):
                labels = np.repeat(np.arange(ways), per_class)
                values = centres[labels] + random.normal(size=(len(labels), features))
                return jnp.asarray(values.round(4)), jnp.asarray(labels)

            (support, ys), (query, yq) = batch(shots), batch(3)
            targets = jnp.eye(ways)[ys]

            def loss(parts):
                scores = head(parts["support"], targets, parts["query"], settings)
                logits = jax.nn.log_softmax(parts["scale"] * scores)
                return -logits[jnp.arange(len(yq)), yq].mean()

            parts = {"support": support, "query": query, "scale": jnp.asarray(settings["scale"])}
            gradient = jax.grad(loss)(parts)
            direction = {k: jnp.asarray(random.normal(size=v.shape)) for k, v in parts.items()}
            ahead, behind = (loss({k: parts[k] + h * direction[k] for k in parts})
                             for h in (1e-5, -1e-5))
            slope = sum((gradient[k] * direction[k]).sum() for k in parts)
            assert jnp.abs((ahead - behind) / 2e-5 - slope) < 1e-7 * (1 + jnp.abs(slope))
            case = settings | {
                "name": f"{kind}, {shots} shots", "kind": kind, "shots": shots,
                "episode": encode_episode((support, ys, query, yq)),
                "scores": head(support, targets, query, settings), "loss": float(loss(parts)),
                "gradient": {k: v.reshape(1) if v.ndim == 0 else v for k, v in gradient.items()}}
            if kind == "machine":
                case["duals"] = duals(support, targets, settings)
                slack = settings["cost"] * targets - case["duals"]
                # Away from degeneracy: every element is at its bound or clearly not.
                assert not ((slack > 0) & (slack < 1e-3 * settings["cost"])).any()
            cases.append(case)
    write("heads.json", "Scores of heads fitted to support features, the cross-entropy of the scaled "
          "scores of queries, and its gradient with respect to features and scale; for machines "
          "(Crammer and Singer) also the duals.", cases)


if __name__ == "__main__":
    maml()
    sine()
    hessian()
    coherence()
    optimisers()
    meta_sgd()
    anil()
    linnet()
    meta_curvature()
    kfo()
    tnet()
    turtle()
    lstm()
    heads()
