"""PyTorch peers.  python peers_torch.py --workload W1 [--variant eager] [--serve | --repeats N]

Variants
  eager     a loop over episodes, autograd.grad(create_graph=True), F.conv2d, F.batch_norm:
            what most published code does
  cl        the same in the channels-last memory format
  compim    torch.compile of one episode's whole computation (torch.func.grad, twice), with the
            convolution as nine shifted slices times the filter matrix
  compvmap  torch.compile of the computation batched over episodes (torch.func.vmap)
  +mp2      two processes of one thread each, pinned, with half of the episodes each
"""

import os

import numpy as np
import torch
import torch.nn.functional as F

import serving
import workloads
from workloads import EPSILON, META_RATE, WORKLOADS, Perceptron


class Peer:
    """Network, parameters and data of one workload in one variant, or half of the episodes."""

    def __init__(self, name, method, half=None, double=False):
        self.workload, self.method = WORKLOADS[name], method
        self.net = self.workload.net
        self.images = not isinstance(self.net, Perceptron)
        self.slices = method == "compim"
        self.compiled = method.startswith("comp")
        real = torch.float64 if double else torch.float32
        p = [torch.from_numpy(x).to(real) for x in workloads.parameters(self.workload)]
        d = [torch.from_numpy(x) for x in workloads.data(self.workload)]
        d = [x.to(real) if x.is_floating_point() else x for x in d]
        if self.images and (self.slices or method == "cl"):
            d = [x.permute(0, 1, 3, 4, 2).contiguous() if x.dim() == 5 else x for x in d]
        if self.images and method == "cl":  # an episode of this is in channels-last format
            d = [x.permute(0, 1, 4, 2, 3) if x.dim() == 5 else x for x in d]
            p = [x.contiguous(memory_format=torch.channels_last) if x.dim() == 4 else x for x in p]
        if half is not None:
            middle = self.workload.episodes // 2
            d = [x[:middle] if half == 0 else x[middle:] for x in d]
        self.parameters = [x.requires_grad_() for x in p]
        self.data = d
        kinds = {"maml": self.prepare_maml, "gram": self.prepare_gram}
        kinds.get(self.workload.kind, lambda: None)()

    # MARK: Network and loss

    def forward(self, p, x):
        net = self.net
        if not self.images:
            for i in range(0, len(p), 2):
                x = F.linear(x, p[i], p[i + 1])
                x = F.relu(x) if i < len(p) - 2 else x
            return x
        for i in range(len(net.filters)):
            w, scale, shift = p[3 * i : 3 * i + 3]
            x = self.sliced_block(x, w, scale, shift) if self.slices else self.block(
                x, w, scale, shift)
        x = x.permute(0, 3, 1, 2) if self.slices else x
        return F.linear(x.reshape(x.shape[0], -1), p[-2], p[-1])

    def activated(self, x):
        return F.leaky_relu(x, self.net.slope) if self.net.slope else F.relu(x)

    def block(self, x, w, scale, shift):
        x = F.conv2d(x, w, None, self.net.stride, 1)
        if self.compiled:  # batch norm in pieces that the compiler can fuse and batch
            variance, mean = torch.var_mean(x, (0, 2, 3), correction=0, keepdim=True)
            factor = torch.rsqrt(variance + EPSILON) * scale.view(1, -1, 1, 1)
            x = (x - mean) * factor + shift.view(1, -1, 1, 1)
        else:
            x = F.batch_norm(x, None, None, scale, shift, True, 0.0, EPSILON)
        x = self.activated(x)
        return F.max_pool2d(x, 2) if self.net.pool else x

    def sliced_block(self, x, w, scale, shift):
        n, h, _, c = x.shape
        stride = self.net.stride
        side = (h - 1) // stride + 1
        end = (side - 1) * stride + 1
        x = F.pad(x, (0, 0, 1, 1, 1, 1))
        columns = torch.cat([x[:, i : i + end : stride, j : j + end : stride]
                             for i in range(3) for j in range(3)], 3)
        y = columns.reshape(-1, 9 * c) @ w.permute(2, 3, 1, 0).reshape(9 * c, -1)
        variance, mean = torch.var_mean(y, 0, correction=0)
        y = (y - mean) * (torch.rsqrt(variance + EPSILON) * scale) + shift
        y = self.activated(y).reshape(n, side, side, -1)
        if self.net.pool:
            h = side // 2
            y = y[:, : 2 * h, : 2 * h].reshape(n, h, 2, h, 2, -1).amax((2, 4))
        return y

    def loss(self, p, x, y):
        measure = F.cross_entropy if self.images else F.mse_loss
        return measure(self.forward(p, x), y)

    # MARK: Episodes

    def query_loss(self, p, xs, ys, xq, yq):
        """As torch.func wants it: differentiable, batchable, compilable."""
        for _ in range(self.workload.steps):
            g = torch.func.grad(self.loss)(p, xs, ys)
            p = [w - self.workload.rate * (d.detach() if self.workload.first_order else d)
                 for w, d in zip(p, g)]
        return self.loss(p, xq, yq)

    def prepare_maml(self):
        function = None
        if self.method == "compvmap":
            batched = torch.func.vmap(self.query_loss, in_dims=(None, 0, 0, 0, 0))
            function = lambda p, *d: batched(p, *d).sum()
        elif self.compiled:
            function = self.query_loss
        if function:
            self.compiled_gradient = torch.compile(
                torch.func.grad_and_value(function), fullgraph=True, dynamic=False)

    def meta_gradient(self):
        """Sums of the query losses and of their gradients over this peer's episodes."""
        if self.method == "compvmap":
            with torch.no_grad():
                g, value = self.compiled_gradient([p.detach() for p in self.parameters], *self.data)
            return value, g
        total, value = None, 0.0
        for e in zip(*self.data):
            g, v = self.episode_gradient(*e)
            value = value + v
            if total is None:
                total = [x.clone() for x in g]
            else:
                torch._foreach_add_(total, list(g))
        return value, total

    def episode_gradient(self, xs, ys, xq, yq):
        if self.compiled:
            with torch.no_grad():
                return self.compiled_gradient([p.detach() for p in self.parameters], xs, ys, xq, yq)
        fast = self.parameters
        for _ in range(self.workload.steps):
            g = torch.autograd.grad(self.loss(fast, xs, ys), fast,
                                    create_graph=not self.workload.first_order)
            fast = [torch.add(p, d, alpha=-self.workload.rate) for p, d in zip(fast, g)]
        value = self.loss(fast, xq, yq)
        return torch.autograd.grad(value, self.parameters), value.detach()

    def prepare_gram(self):
        if self.compiled:
            self.compiled_gradient = torch.compile(
                torch.func.grad(self.loss), fullgraph=True, dynamic=False)

    def gradient_rows(self):
        rows = []
        for x, y in zip(*self.data[:2]):
            if self.compiled:
                with torch.no_grad():
                    g = self.compiled_gradient([p.detach() for p in self.parameters], x, y)
            else:
                g = torch.autograd.grad(self.loss(self.parameters, x, y), self.parameters)
            rows.append(torch.cat([v.reshape(-1) for v in g]))
        return torch.stack(rows)


# MARK: The second process of +mp2


def second_half(name, method, parameters, gradients, channel):
    torch.set_num_threads(1)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[-1]})
    peer = Peer(name, method, half=1)
    while True:
        try:
            channel.recv_bytes()
        except EOFError:  # the first half has ended
            return
        with torch.no_grad():
            for p, s in zip(peer.parameters, parameters):
                p.copy_(s)
        value, g = peer.meta_gradient()
        gradients[0].fill_(float(value))
        for s, x in zip(gradients[1:], g):
            s.copy_(x)
        channel.send_bytes(b"done")


def shared_meta_gradient(peer, name):
    """The meta-gradient of all episodes, half of them in another process."""
    context = torch.multiprocessing.get_context("spawn")
    parameters = [p.detach().clone().share_memory_() for p in peer.parameters]
    gradients = [torch.zeros(()).share_memory_()]
    gradients += [torch.zeros_like(p).share_memory_() for p in parameters]
    near, far = context.Pipe()
    context.Process(target=second_half, daemon=True,
                    args=(name, peer.method, parameters, gradients, far)).start()
    far.close()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})

    def gradient():
        with torch.no_grad():
            for s, p in zip(parameters, peer.parameters):
                s.copy_(p)
        near.send_bytes(b"go")
        value, g = peer.meta_gradient()
        near.recv_bytes()
        return value + gradients[0], [a + b for a, b in zip(g, gradients[1:])]

    return gradient


# MARK: Workloads; each returns (an iteration, the numbers to compare)


def maml(peer, name, processes):
    n = peer.workload.episodes
    optimizer = torch.optim.Adam(peer.parameters, lr=META_RATE, fused=True)
    gradient = shared_meta_gradient(peer, name) if processes else peer.meta_gradient

    def iterate():
        _, g = gradient()
        for p, x in zip(peer.parameters, g):
            x = x / n
            p.grad = x if x.stride() == p.stride() else torch.empty_like(p).copy_(x)
        optimizer.step()

    def numbers():
        value, g = gradient()
        return [value / n] + [x / n for x in g]

    return iterate, numbers


def training(peer, *_):
    x, y = peer.data[0][0], peer.data[1][0]
    optimizer = torch.optim.SGD(peer.parameters, lr=peer.workload.rate, foreach=True)

    def iterate():
        optimizer.zero_grad(set_to_none=True)
        peer.loss(peer.parameters, x, y).backward()
        optimizer.step()

    def numbers():
        value = peer.loss(peer.parameters, x, y)
        return [value, *torch.autograd.grad(value, peer.parameters)]

    return iterate, numbers


def gram(peer, *_):
    def products():
        g = peer.gradient_rows()
        return g @ g.T

    return products, lambda: [products()]


def hessian(peer, *_):
    x, y = peer.data[0][0], peer.data[1][0]
    p = peer.parameters
    for _ in range(peer.workload.steps):
        g = torch.autograd.grad(peer.loss(p, x, y), p)
        p = [(w - peer.workload.rate * d).detach().requires_grad_() for w, d in zip(p, g)]
    start = [torch.from_numpy(v).to(p[0].dtype) for v in workloads.probe(peer.workload)]

    def unit(v):
        norm = torch.sqrt(sum(a.square().sum() for a in v))
        return [a / norm for a in v]

    def power():
        g = torch.autograd.grad(peer.loss(p, x, y), p, create_graph=True)
        v = unit(start)
        for _ in range(peer.workload.products):
            h = torch.autograd.grad(g, p, grad_outputs=v, retain_graph=True)
            quotient = sum((a * b).sum() for a, b in zip(h, v))
            v = unit(h)
        return [quotient, *v]

    return power, power


def main():
    options = serving.arguments(__doc__, "eager")
    method, _, processes = options.variant.partition("+")
    torch.set_num_threads(1 if processes else 2)
    peer = Peer(options.workload, method, half=0 if processes else None, double=options.double)
    kinds = {"maml": maml, "training": training, "gram": gram, "hessian": hessian}
    iterate, numbers = kinds[peer.workload.kind](peer, options.workload, processes)
    if options.dump:
        np.savez(options.dump, *[x.detach().numpy() for x in numbers()])
    elif options.serve:
        serving.serve(options.workload, iterate)
    else:
        serving.repeat(options.workload, iterate, options.repeats)


if __name__ == "__main__":
    main()
