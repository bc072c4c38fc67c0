"""Writes the fixture of MAML with a penalty on the angles between inner loops.

    pip install jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
    python generate_angle_penalty.py            # writes angle-penalty.json

Algorithm 1 of Guiroy et al. as it is printed, with JAX in float64: all episodes of a batch are adapted
from the same weights, the penalty -u_i . mean(u) is differentiated with respect to the adapted weights
of its episode (the mean's own share of u_i included), and the mean query loss at the corrected weights
with respect to the common start, through everything or with the correction held constant.
"""

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from generate_fixtures import (
    HERE, convolutional_network, convolutional_weights, cross_entropy, descend, encode,
    encode_episode, image_episode, strided)
import json

EPISODES, STEPS, RATE, COEFFICIENT = 4, 2, 0.2, 0.5


def norm(tree):
    return jnp.sqrt(sum((v ** 2).sum() for v in tree.values()))


def corrected(start, adapted, adapts, stop):
    """The adapted weights of all episodes, each a step down the slope of its penalty."""

    def direction(w):
        d = {k: w[k] - start[k] for k in adapts}
        length = norm(d)
        return {k: v / length for k, v in d.items()}

    def penalty(own, i):
        directions = [direction(own if j == i else w) for j, w in enumerate(adapted)]
        mean = {k: sum(u[k] for u in directions) / len(adapted) for k in adapts}
        return -sum((directions[i][k] * mean[k]).sum() for k in adapts)

    after = []
    for i, w in enumerate(adapted):
        slope = jax.grad(penalty)(w, i)
        slope = lax.stop_gradient(slope) if stop else slope
        after.append({k: v - COEFFICIENT * slope[k] for k, v in w.items()})
    return after


def case(title, adapts_shift):
    random = np.random.default_rng(51)
    net = strided()
    weights = convolutional_weights(random, net, ways=3)
    episodes = [image_episode(random, net, ways=3, shots=1, queries=2) for _ in range(EPISODES)]
    adapts = [k for k in weights if adapts_shift or not k.endswith("shift")]
    loss = cross_entropy(convolutional_network(net))

    def losses(w, first_order, stop):
        adapted = [descend(loss, RATE, STEPS, xs, ys, adapts)(w, first_order)[0]
                   for xs, ys, _, _ in episodes]
        return jnp.stack([loss(own, xq, yq) for own, (_, _, xq, yq) in
                          zip(corrected(w, adapted, adapts, stop), episodes)])

    results = [
        {"order": "first" if first else "second", "isDifferentiated": not stop,
         "losses": [float(v) for v in losses(weights, first, stop)],
         "gradient": jax.grad(lambda w: losses(w, first, stop).mean())(weights)}
        for first in (False, True) for stop in (False, True)]
    return {"name": title, "network": net, "names": list(weights), "weights": weights,
            "adaptsShift": adapts_shift, "innerRate": RATE, "steps": STEPS,
            "coefficient": COEFFICIENT, "episodes": [encode_episode(e) for e in episodes],
            "results": results}


if __name__ == "__main__":
    document = {"about": "meta-gradients of a batch whose inner loops are turned to their mean",
                "generator": "generate_angle_penalty.py",
                "versions": {"jax": jax.__version__, "numpy": np.__version__},
                "cases": [case("all weights", True), case("shifts stay", False)]}
    lines = json.dumps(encode(document), sort_keys=True, separators=(",", ":"), allow_nan=False)
    (HERE / "angle-penalty.json").write_text(lines + "\n")
    print(f"angle-penalty.json: {len(lines) / 1000:.0f} kB")
