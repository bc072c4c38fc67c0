"""Recomputes every fixture from its own file with PyTorch autograd (float64).

    pip install torch==2.13.0
    python verify_with_torch.py            # prints the largest deviation of each file

Shares no code with `generate_fixtures.py`: other layout (NCHW), other convolution, batch norm,
pooling and optimisers. Deviations are max |a - b| / max |b| over all numbers of one kind.
The first-order gradients come from detached inner gradients. Exits with 1 above 1e-9.
"""

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
HERE = Path(__file__).resolve().parent
ACTIVATIONS = {"relu": F.relu, "softplus": F.softplus, "tanh": torch.tanh}


def tensors(tree):
    if isinstance(tree, dict) and set(tree) == {"shape", "values"}:
        return torch.tensor(tree["values"]).reshape(tree["shape"])
    if isinstance(tree, dict):
        return {k: tensors(v) for k, v in tree.items()}
    return torch.tensor(tree)


def leaves(tree):
    return [x for k in sorted(tree) for x in leaves(tree[k])] if isinstance(tree, dict) else [tree]


def like(values, tree):
    """The flat list `values` in the structure of `tree`."""
    values = iter(values)

    def fill(t):
        return {k: fill(t[k]) for k in sorted(t)} if isinstance(t, dict) else next(values)

    return fill(tree)


def tracked(tree):
    return like([x.clone().requires_grad_() for x in leaves(tree)], tree)


def forward(net, w, x):
    activation = ACTIVATIONS[net["activation"]]
    if "sizes" in net:
        last = len(net["sizes"]) - 1
        for i in range(1, last + 1):
            x = F.linear(x, w[f"dense{i}.weights"].T, w[f"dense{i}.bias"])
            x = activation(x) if i < last else x
        return x
    x = x.permute(0, 3, 1, 2)
    for i in range(1, net["blocks"] + 1):
        filters = w[f"convolution{i}.weights"].permute(3, 2, 0, 1)
        x = F.conv2d(x, filters, stride=net["stride"], padding=1)
        if net.get("tnet"):
            x = F.conv2d(x, w[f"transform{i}.weights"].T[:, :, None, None])
        scale, shift = w[f"normalization{i}.scale"], w[f"normalization{i}.shift"]
        x = activation(F.batch_norm(x, None, None, scale, shift, True, 0.0, net["epsilon"]))
        x = F.max_pool2d(x, 2) if net["pool"] else x
    x = x.permute(0, 2, 3, 1).flatten(1) if net["headInput"] == "flatten" else x.mean((2, 3))
    for i in range(1, len(net.get("linear", [])) + 1):
        x = F.linear(x, w[f"linear{i}.weights"].T, w[f"linear{i}.bias"])
    x = F.linear(x, w["head.weights"].T, w["head.bias"])
    return x @ w["headTransform.weights"] if net.get("tnet") else x


def loss_of(net):
    measure = F.mse_loss if "sizes" in net else F.cross_entropy
    return lambda w, batch: measure(forward(net, w, batch["inputs"]), batch["targets"])


def gradient(value, tree, create=True):
    xs = leaves(tree)
    gs = torch.autograd.grad(value, xs, create_graph=create, allow_unused=True)
    return like([torch.zeros_like(x) if g is None else g for x, g in zip(xs, gs)], tree)


deviations = {}


def compare(file, kind, ours, theirs):
    ours, theirs = leaves(ours), leaves(theirs)
    error = max((a - b).abs().max() for a, b in zip(ours, theirs, strict=True))
    scale = max(b.abs().max() for b in theirs)
    key = (file, kind)
    deviations[key] = max(deviations.get(key, 0), float((error / scale).detach()))


# MARK: Inner loops; each returns the fast weights and the losses on the way


def descent(case, meta, steps, loss, support, stop):
    w, history = meta, []
    adapts = case.get("adapts", case["names"])
    for _ in range(steps):
        value = loss(w, support)
        history.append(value)
        g = gradient(value, {k: w[k] for k in adapts})
        w = {k: w[k] - case["innerRate"] * (g[k].detach() if stop else g[k]) if k in g else w[k]
             for k in w}
    return w, history + [loss(w, support)]


def meta_sgd(case, meta, steps, loss, support, stop):
    w = meta["weights"]
    for _ in range(steps):
        g = gradient(loss(w, support), w)
        w = {k: w[k] - meta["rates"][k] * (g[k].detach() if stop else g[k]) for k in w}
    return w, None


def meta_curvature(case, meta, steps, loss, support, stop):
    def transform(m, g):
        if "scale" in m:
            return m["scale"] * g
        g = torch.tensordot(m["input"], g.movedim(-2, 0), 1).movedim(0, -2) @ m["output"]
        if "position" in m:
            kh, kw = g.shape[:2]
            g = torch.tensordot(m["position"].reshape(kh, kw, kh, kw), g, 2)
        return g

    w = meta["weights"]
    for _ in range(steps):
        g = gradient(loss(w, support), w)
        w = {k: w[k] - case["innerRate"] * transform(
            meta["curvature"][k], g[k].detach() if stop else g[k]) for k in w}
    return w, None


def kfo(case, meta, steps, loss, support, stop):
    """As a library would: one backward pass gives the gradients of weights and optimiser."""
    def layers(o, y):
        for i in range(case["hiddenLayers"] + 1):
            left, right = o[f"layer{i + 1}/left"], o[f"layer{i + 1}/right"]
            if case["positiveSemiDefinite"]:
                left, right = left.T @ left, right.T @ right
            y = left @ (y.tanh() if i > 0 else y) @ right
        return y

    def transform(o, g):
        if g.dim() == 1:
            return layers(o, g[:, None])[:, 0]
        if g.dim() == 2:
            return layers(o, g.T).T
        kh, kw = g.shape[:2]
        g = g.permute(3, 2, 0, 1).flatten(2)  # out, in, positions
        return layers(o, g).unflatten(2, (kh, kw)).permute(2, 3, 1, 0)

    w, o = meta["weights"], meta["optimiser"]
    for t in range(steps):
        value = loss(w, support)
        g = gradient(value, w)
        if t > 0:
            slope = gradient(value, o)
            o = like([a - case["innerRate"] * (b.detach() if stop else b)
                      for a, b in zip(leaves(o), leaves(slope))], o)
        w = {k: w[k] - case["innerRate"] * transform(o[k], g[k].detach() if stop else g[k])
             for k in w}
    return w, None


# MARK: Files


def verify_adaptation(file, case, inner):
    loss = loss_of(case["network"])
    episode = tensors(case["episode"])
    start = tensors(case["meta"] if "meta" in case else case["weights"])
    for result in case["results"]:
        for stop, kind in [(False, "secondOrder"), (True, "firstOrder")]:
            meta = tracked(start)
            w, history = inner(case, meta, result["steps"], loss, episode["support"], stop)
            query = loss(w, episode["query"])
            compare(file, kind, gradient(query, meta, create=False), tensors(result[kind]))
        compare(file, "adapted", w, tensors(result["adapted"]))
        compare(file, "loss", query, torch.tensor(result["queryLoss"]))
        if history:
            compare(file, "loss", torch.stack(history), torch.tensor(result["supportLosses"]))


def verify_hessian(file, case):
    loss = loss_of(case["network"])
    w, support, vector = (tensors(case[k]) for k in ("weights", "support", "vector"))
    w = tracked(w)
    g = gradient(loss(w, support), w)
    compare(file, "gradient", g, tensors(case["gradient"]))
    dot = sum((g[k] * vector[k]).sum() for k in g)
    compare(file, "product", gradient(dot, w), tensors(case["product"]))
    rows = []
    for x in torch.cat([g[k].flatten() for k in sorted(g)]):
        rows.append(torch.cat([r.flatten() for r in leaves(gradient(x, w))]))
    values = torch.linalg.eigvalsh(torch.stack(rows))
    compare(file, "eigenvalues", torch.cat([values[:4], values[-4:], values.abs().max()[None]]),
            torch.tensor(case["smallestEigenvalues"] + case["largestEigenvalues"]
                         + [case["spectralNorm"]]))


def verify_coherence(file, case):
    loss, weights = loss_of(case["network"]), tensors(case["weights"])
    moves, slopes = [], []
    for i, episode in enumerate(case["episodes"]):
        support, start = tensors(episode["support"]), tracked(weights)
        w, _ = descent(case, start, case["steps"], loss, support, False)
        move = {k: w[k] - start[k] for k in w}
        compare(file, "displacement", move, tensors(case["displacements"][i]))
        moves.append(torch.cat([x.flatten() for x in leaves(move)]).detach())
        slope = gradient(loss(start, support), start)
        slopes.append(torch.cat([x.flatten() for x in leaves(slope)]).detach())
    pairs = [(i, j) for i in range(len(moves)) for j in range(i)]
    cosine = lambda v: sum(F.cosine_similarity(v[i], v[j], 0) for i, j in pairs) / len(pairs)
    compare(file, "coherence", torch.stack([
        cosine(moves), cosine(slopes), sum(slopes[i] @ slopes[j] for i, j in pairs) / len(pairs),
        torch.stack([m.norm() for m in moves]).mean()]),
        torch.tensor([case["trajectoryCoherence"], case["gradientCosine"],
                      case["gradientCoherence"], case["meanTrajectoryNorm"]]))


def verify_optimiser(file, case):
    w = tracked(tensors(case["weights"]))
    matrix = tensors(case["matrix"])
    if "beta1" in case:
        optimiser = torch.optim.Adam(leaves(w), case["rate"], (case["beta1"], case["beta2"]),
                                     case["epsilon"])
    else:
        optimiser = torch.optim.SGD(leaves(w), case["rate"], case["momentum"])
    for update in case["updates"]:
        optimiser.zero_grad()
        value = F.softplus(matrix @ w["a"]).sum() + ((w["b"] @ w["a"] - 1) ** 4).mean()
        value.backward()
        compare(file, "gradient", {k: w[k].grad for k in w}, tensors(update["gradient"]))
        optimiser.step()
        compare(file, "weights", w, tensors(update["weights"]))


LOOPS = {"meta-sgd": meta_sgd, "meta-curvature": meta_curvature, "kfo": kfo}

for path in sorted(HERE.glob("*.json")):
    document = json.loads(path.read_text())
    if document["generator"] != "generate_fixtures.py":
        continue
    for case in document["cases"]:
        if "results" in case:
            verify_adaptation(path.name, case, LOOPS.get(path.stem, descent))
        elif "product" in case:
            verify_hessian(path.name, case)
        elif "displacements" in case:
            verify_coherence(path.name, case)
        elif "updates" in case:
            verify_optimiser(path.name, case)
        else:
            sys.exit(f"{path.name}: a case of an unknown kind, {case['name']}")

for (file, kind), value in sorted(deviations.items()):
    print(f"{file:22} {kind:14} {value:.1e}")
sys.exit(max(deviations.values()) > 1e-9)
