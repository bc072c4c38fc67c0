"""JAX peers.  python peers_jax.py --workload W1 [--variant scan-im+2dev] [--serve | --repeats N]

Variants are BATCH-CONVOLUTION[+2dev]
  BATCH        scan   the episodes one after another in one program (lax.scan)
               vmap   the episodes batched (jax.vmap)
               vmapN  groups of N episodes: scan over groups, vmap inside
  CONVOLUTION  im     nine shifted slices, concatenated, times the filter matrix
               xla    lax.conv_general_dilated, NHWC
  +mix         the inner gradients' transposes by forward over reverse (MixFlow-MG, Kemaev et al., 2025)
  +again       with +mix: the inner steps are computed again on the way back, where the compiler would
               otherwise keep what the way there has computed
  +2dev        two host devices of one thread each, half of the episodes on each
W6 and W7 ignore BATCH: products by the transpose of the linearised gradient, one jitted step.
"""

import os

import serving

options = serving.arguments(__doc__, "scan-im+2dev")
method, *extras = options.variant.split("+")
batching, _, convolution = method.partition("-")
devices, mixed, again = ("2dev" in extras, "mix" in extras, "again" in extras)
if devices:
    os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + (
        " --xla_force_host_platform_device_count=2 --xla_cpu_multi_thread_eigen=false")
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax
from jax.sharding import Mesh, NamedSharding, PartitionSpec

import workloads
from workloads import EPSILON, META_RATE, WORKLOADS, Perceptron

jax.config.update("jax_enable_x64", options.double)
FLOAT = np.float64 if options.double else np.float32
workload = WORKLOADS[options.workload]
net, rate = workload.net, workload.rate
images = not isinstance(net, Perceptron)
EVERYWHERE, EPISODES = PartitionSpec(), PartitionSpec("episodes")


# MARK: Layout: filters [h, w, in, out], the head's columns in the order (h, w, c)


def imported(p):
    p = [np.asarray(x, FLOAT) for x in p]
    if images:
        side = workloads.blocks(net)[1]
        p = [x.transpose(2, 3, 1, 0) if x.ndim == 4 else x for x in p]
        p[-2] = p[-2].reshape(-1, net.filters[-1], side, side).transpose(0, 2, 3, 1).reshape(
            p[-2].shape)
    return [jnp.asarray(x) for x in p]


def exported(p):
    p = [np.asarray(x) for x in p]
    if images:
        side = workloads.blocks(net)[1]
        p = [x.transpose(3, 2, 0, 1) if x.ndim == 4 else x for x in p]
        p[-2] = p[-2].reshape(-1, side, side, net.filters[-1]).transpose(0, 3, 1, 2).reshape(
            p[-2].shape)
    return p


def episodes():
    d = workloads.data(workload)
    if images:
        d = [x.transpose(0, 1, 3, 4, 2) if x.ndim == 5 else x.astype(np.int32) for x in d]
    return [np.ascontiguousarray(x.astype(FLOAT) if x.dtype == np.float32 else x) for x in d]


# MARK: Network and loss


def convolved(x, w):
    stride = net.stride
    if convolution == "xla":
        return lax.conv_general_dilated(x, w, (stride, stride), ((1, 1), (1, 1)),
                                        dimension_numbers=("NHWC", "HWIO", "NHWC"))
    n, h, _, c = x.shape
    side = (h - 1) // stride + 1
    end = (side - 1) * stride + 1
    x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    columns = jnp.concatenate([
        lax.slice(x, (0, i, j, 0), (n, i + end, j + end, c), (1, stride, stride, 1))
        for i in range(3) for j in range(3)], 3)
    return (columns.reshape(-1, 9 * c) @ w.reshape(9 * c, -1)).reshape(n, side, side, -1)


def pooled(x):
    h = x.shape[1] // 2
    z = x[:, : 2 * h, : 2 * h].reshape(x.shape[0], h, 2, h, 2, -1)
    return jnp.maximum(jnp.maximum(z[:, :, 0, :, 0], z[:, :, 0, :, 1]),
                       jnp.maximum(z[:, :, 1, :, 0], z[:, :, 1, :, 1]))


def forward(p, x):
    if not images:
        for i in range(0, len(p), 2):
            x = x @ p[i].T + p[i + 1]
            x = jax.nn.relu(x) if i < len(p) - 2 else x
        return x
    for i in range(len(net.filters)):
        w, scale, shift = p[3 * i : 3 * i + 3]
        y = convolved(x, w)
        y = y - y.mean((0, 1, 2))
        y = y * (lax.rsqrt((y * y).mean((0, 1, 2)) + EPSILON) * scale) + shift
        x = jnp.where(y > 0, y, net.slope * y) if net.slope else jax.nn.relu(y)
        x = pooled(x) if net.pool else x
    return x.reshape(x.shape[0], -1) @ p[-2].T + p[-1]


def loss(p, x, y):
    if not images:
        return jnp.mean((forward(p, x) - y) ** 2)
    logits = jax.nn.log_softmax(forward(p, x))
    return -jnp.mean(jnp.sum(logits * jax.nn.one_hot(y, logits.shape[-1], dtype=FLOAT), -1))


@jax.custom_vjp
def mixed_gradient(p, x, y):
    return jax.grad(loss)(p, x, y)


def mixed_forward(p, x, y):
    return mixed_gradient(p, x, y), (p, x, y)


def mixed_backward(saved, v):
    """The Hessian is symmetric, so that its transpose times v is a derivative along v."""
    (p, x, y), v = lax.optimization_barrier((saved, v)) if again else (saved, v)
    product = jax.jvp(lambda p: jax.grad(loss)(p, x, y), (p,), (v,))[1]
    labels = np.zeros(y.shape, jax.dtypes.float0) if images else jnp.zeros_like(y)
    return product, jnp.zeros_like(x), labels


mixed_gradient.defvjp(mixed_forward, mixed_backward)


def adapted(p, x, y):
    gradient = mixed_gradient if mixed else jax.grad(loss)
    for _ in range(workload.steps):
        g = gradient(p, x, y)
        g = lax.stop_gradient(g) if workload.first_order else g
        p = [w - rate * d for w, d in zip(p, g)]
    return p


def query_loss(p, xs, ys, xq, yq):
    return loss(adapted(p, xs, ys), xq, yq)


# MARK: Episodes


def plus(a, b):
    return jax.tree.map(jnp.add, a, b)


def meta_gradient(p, *d):
    """Sums of the query losses and of their gradients over the episodes in `d`."""
    def batched(p, *d):
        return jax.vmap(query_loss, (None, 0, 0, 0, 0))(p, *d).sum()

    if batching == "vmap":
        return jax.value_and_grad(batched)(p, *d)
    if batching == "scan":
        value = jax.value_and_grad(query_loss)
    else:
        size, value = int(batching.removeprefix("vmap")), jax.value_and_grad(batched)
        d = [x.reshape(-1, size, *x.shape[1:]) for x in d]
    zero = (jnp.zeros((), FLOAT), [jnp.zeros_like(x) for x in p])
    return lax.scan(lambda sums, e: (plus(sums, value(p, *e)), None), zero, tuple(d))[0]


def gradient_rows(p, x, y):
    """The support gradient of every episode as a row."""
    def row(e):
        return jnp.concatenate([g.ravel() for g in jax.grad(loss)(p, *e)])

    return jax.vmap(row)((x, y)) if batching == "vmap" else lax.map(row, (x, y))


def adam(p, g, state):
    m, v, t = state
    t = t + 1
    m = [0.9 * a + 0.1 * b for a, b in zip(m, g)]
    v = [0.999 * a + 0.001 * b * b for a, b in zip(v, g)]
    p = [w - META_RATE * (a / (1 - 0.9**t)) / (jnp.sqrt(b / (1 - 0.999**t)) + 1e-8)
         for w, a, b in zip(p, m, v)]
    return p, (m, v, t)


# MARK: Workloads; each returns (an iteration, the numbers to compare)


def maml():
    p, d, summed = imported(workloads.parameters(workload)), episodes(), meta_gradient
    zeros = [jnp.zeros_like(x) for x in p]
    state = (p, (zeros, zeros, jnp.zeros((), FLOAT)))
    if devices:
        mesh = Mesh(np.array(jax.devices()), ("episodes",))
        summed = jax.shard_map(
            lambda p, *d: jax.tree.map(lambda x: lax.psum(x, "episodes"), meta_gradient(p, *d)),
            mesh=mesh, in_specs=(EVERYWHERE,) + (EPISODES,) * 4, out_specs=EVERYWHERE,
            check_vma=False)
        state = jax.device_put(state, NamedSharding(mesh, EVERYWHERE))
        d = [jax.device_put(x, NamedSharding(mesh, EPISODES)) for x in d]
    else:
        d = [jnp.asarray(x) for x in d]
    n = workload.episodes

    @jax.jit
    def step(p, moments, *d):
        value, g = summed(p, *d)
        return *adam(p, [x / n for x in g], moments), value / n

    def iterate():
        nonlocal state
        *state, _ = jax.block_until_ready(step(*state, *d))

    def numbers():
        value, g = jax.jit(summed)(state[0], *d)
        return [np.asarray(value) / n] + exported([x / n for x in g])

    return iterate, numbers


def training():
    p = imported(workloads.parameters(workload))
    d = episodes()
    x, y = jnp.asarray(d[0][0]), jnp.asarray(d[1][0])

    def step(p, x, y):
        value, g = jax.value_and_grad(loss)(p, x, y)
        return [w - rate * d for w, d in zip(p, g)], value

    jitted = jax.jit(step, donate_argnums=0)

    def iterate():
        nonlocal p
        p, _ = jax.block_until_ready(jitted(p, x, y))

    def numbers():
        value, g = jax.jit(jax.value_and_grad(loss))(p, x, y)
        return [np.asarray(value)] + exported(g)

    return iterate, numbers


def gram():
    p = imported(workloads.parameters(workload))
    x, y = [jnp.asarray(v) for v in episodes()[:2]]
    rows = gradient_rows
    if devices:
        mesh = Mesh(np.array(jax.devices()), ("episodes",))
        rows = jax.shard_map(rows, mesh=mesh, in_specs=(EVERYWHERE, EPISODES, EPISODES),
                             out_specs=EPISODES, check_vma=False)

    @jax.jit
    def products(p, x, y):
        g = rows(p, x, y)
        return g @ g.T

    return (lambda: jax.block_until_ready(products(p, x, y)),
            lambda: [np.asarray(products(p, x, y))])


def hessian():
    d = episodes()
    x, y = jnp.asarray(d[0][0]), jnp.asarray(d[1][0])
    p = jax.jit(adapted)(imported(workloads.parameters(workload)), x, y)
    start = imported(workloads.probe(workload))

    def unit(v):
        norm = jnp.sqrt(sum(jnp.sum(a * a) for a in v))
        return [a / norm for a in v]

    @jax.jit
    def power(p, v, x, y):
        transpose = jax.vjp(lambda p: jax.grad(loss)(p, x, y), p)[1]

        def body(carry, _):
            h = transpose(carry[0])[0]
            quotient = sum(jnp.sum(a * b) for a, b in zip(h, carry[0]))
            return (unit(h), quotient), None

        zero = jnp.zeros((), FLOAT)
        return lax.scan(body, (unit(v), zero), None, length=workload.products)[0]

    def numbers():
        v, quotient = power(p, start, x, y)
        return [np.asarray(quotient)] + exported(v)

    return lambda: jax.block_until_ready(power(p, start, x, y)), numbers


iterate, numbers = {"maml": maml, "training": training, "gram": gram, "hessian": hessian}[
    workload.kind]()
if options.dump:
    np.savez(options.dump, *numbers())
elif options.serve:
    serving.serve(options.workload, iterate)
else:
    serving.repeat(options.workload, iterate, options.repeats)
