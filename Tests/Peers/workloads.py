"""The workloads: networks, initial parameters, data, and the arithmetic they need (NumPy only).

Conventions, the same in every framework
  parameters  a list: for block i the convolution [out, in, 3, 3], batch norm's scale and shift [out];
              then the head's weights [ways, features] and bias [ways]. No convolution bias, because
              batch norm cancels it. Frameworks that prefer another layout convert.
  images      NCHW float32; the head sees them flattened in that order (c, h, w)
  batch norm  statistics of the batch at hand, biased variance, epsilon 1e-5; adapted like the rest
  inner loop  gradient descent of one rate on the mean loss of the support set
  outer loop  query loss after the last step, mean over episodes, Adam 1e-3 (0.9, 0.999, 1e-8)
  data        class prototype plus noise, or sinusoids; the numbers do not matter for the time
"""

from dataclasses import dataclass

import numpy as np

META_RATE = 1e-3
EPSILON = 1e-5


@dataclass(frozen=True)
class Conv:
    channels: int
    side: int
    filters: tuple
    stride: int
    pool: bool
    slope: float = 0.0  # of the (leaky) ReLU


@dataclass(frozen=True)
class Perceptron:
    sizes: tuple


@dataclass(frozen=True)
class Workload:
    kind: str  # maml, hessian, training, gram
    about: str
    net: Conv | Perceptron
    ways: int
    support: int  # examples per episode
    query: int
    episodes: int
    steps: int
    rate: float
    first_order: bool = False
    products: int = 0  # Hessian-vector products


OMNIGLOT = Conv(1, 28, (64,) * 4, 2, False)
MINI_IMAGENET = Conv(3, 84, (48,) * 4, 1, True)
R2D2 = Conv(3, 32, (96, 192, 384, 512), 1, True, 0.1)
SINE = Perceptron((1, 40, 40, 1))

WORKLOADS = {
    "W1": Workload("maml", "Omniglot 5-way 1-shot, second order, 16 episodes",
                   OMNIGLOT, 5, 5, 5, 16, 5, 0.1),
    "W2": Workload("maml", "Omniglot 20-way 1-shot, second order, 16 episodes",
                   OMNIGLOT, 20, 20, 20, 16, 5, 0.1),
    "W3": Workload("maml", "Omniglot 5-way 5-shot, second order, 8 episodes",
                   OMNIGLOT, 5, 25, 25, 8, 5, 0.1),
    "W4": Workload("maml", "mini-ImageNet 5-way 1-shot, second order, 4 episodes",
                   MINI_IMAGENET, 5, 5, 75, 4, 5, 0.01),
    "W4f": Workload("maml", "mini-ImageNet 5-way 1-shot, first order, 4 episodes",
                    MINI_IMAGENET, 5, 5, 75, 4, 5, 0.01, first_order=True),
    "W5": Workload("maml", "sine regression, 1 step, second order, 25 episodes",
                   SINE, 1, 10, 10, 25, 1, 0.01),
    "W5b": Workload("maml", "sine regression, 5 steps, second order, 25 episodes",
                    SINE, 1, 10, 10, 25, 5, 0.01),
    "W6": Workload("hessian", "spectral norm at adapted parameters, 20 Hessian-vector products",
                   OMNIGLOT, 5, 5, 5, 1, 5, 0.1, products=20),
    "W7": Workload("training", "one SGD step of R2-D2's net, 128 images 32x32x3, 64 classes",
                   R2D2, 64, 128, 0, 1, 0, 0.1),
    "W8": Workload("gram", "inner products of the support gradients of 60 episodes",
                   OMNIGLOT, 5, 5, 5, 60, 0, 0.1),
}


def blocks(net):
    """[(channels in, channels out, side of the convolution's output)], then the last side."""
    out, channels, side = [], net.channels, net.side
    for filters in net.filters:
        convolved = (side - 1) // net.stride + 1
        out.append((channels, filters, convolved))
        channels, side = filters, convolved // 2 if net.pool else convolved
    return out, side


def parameters(workload, seed=0):
    random, net = np.random.RandomState(1000 + seed), workload.net
    p = []
    if isinstance(net, Perceptron):
        for a, b in zip(net.sizes[:-1], net.sizes[1:]):
            p += [random.randn(b, a) * np.sqrt(2 / a), 0.1 * random.randn(b)]
    else:
        layers, side = blocks(net)
        for a, b, _ in layers:
            p += [random.randn(b, a, 3, 3) * np.sqrt(2 / (9 * a)),
                  1 + 0.1 * random.randn(b), 0.1 * random.randn(b)]
        features = net.filters[-1] * side * side
        p += [random.randn(workload.ways, features) / np.sqrt(features), np.zeros(workload.ways)]
    return [x.astype(np.float32) for x in p]


def data(workload, seed=0):
    """Support inputs, support targets, query inputs, query targets; leading axis: episodes."""
    random, net = np.random.RandomState(2000 + seed), workload.net
    n, ns, nq, ways = workload.episodes, workload.support, workload.query, workload.ways
    if isinstance(net, Perceptron):
        amplitude = random.uniform(0.1, 5, (n, 1, 1))
        phase = random.uniform(0, np.pi, (n, 1, 1))
        xs, xq = random.uniform(-5, 5, (n, ns, 1)), random.uniform(-5, 5, (n, nq, 1))
        ys, yq = amplitude * np.sin(xs - phase), amplitude * np.sin(xq - phase)
        return [x.astype(np.float32) for x in (xs, ys, xq, yq)]
    shape = (net.channels, net.side, net.side)
    prototypes, rows = random.randn(n, ways, *shape), np.arange(n)[:, None]

    def images(count):
        labels = np.tile(np.arange(count) % ways, (n, 1))
        noise = 0.5 * random.randn(n, count, *shape)
        return (prototypes[rows, labels] + noise).astype(np.float32), labels.astype(np.int64)

    return [*images(ns), *images(nq)]


def probe(workload):
    """The start of the power iteration of W6."""
    random = np.random.RandomState(7)
    return [random.randn(*p.shape).astype(np.float32) for p in parameters(workload)]


def flops(workload):
    """Least arithmetic per iteration: 2 per multiply-add of convolutions and linear layers.

    Per layer of forward cost F: forward F, backward 2F; differentiating through one forward and
    backward pass (or one Hessian-vector product) 6F, for three bilinear maps with two products
    each. The first layer needs no gradient of its input: F, F and 2F. Batch norm, activation,
    pooling and recomputation are not counted.
    """
    net = workload.net
    if isinstance(net, Perceptron):
        layers = [2.0 * a * b for a, b in zip(net.sizes[:-1], net.sizes[1:])]
    else:
        convolutions, side = blocks(net)
        layers = [2.0 * s * s * b * a * 9 for a, b, s in convolutions]
        layers.append(2.0 * net.filters[-1] * side * side * workload.ways)
    first, rest = layers[0], sum(layers[1:])
    gradient, product = 2 * first + 3 * rest, 2 * first + 6 * rest
    n, ns, nq = workload.episodes, workload.support, workload.query
    if workload.kind == "maml":
        step = gradient + (0 if workload.first_order else product)
        return n * (workload.steps * ns * step + nq * gradient)
    if workload.kind == "hessian":
        return ns * (gradient + workload.products * product)
    if workload.kind == "training":
        return ns * gradient
    size = sum(x.size for x in parameters(workload))
    return n * ns * gradient + 2.0 * n * n * size


if __name__ == "__main__":
    for name, workload in WORKLOADS.items():
        count = sum(x.size for x in parameters(workload))
        print(f"{name:4} {flops(workload) / 1e9:8.3f} GFLOP {count:9,} parameters  {workload.about}")
