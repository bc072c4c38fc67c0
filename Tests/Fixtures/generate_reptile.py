"""Writes the fixture of Reptile and of weight-clustered Reptile.

    pip install numpy==2.4.6
    python generate_reptile.py            # writes reptile.json

Everything in double precision, with slopes written by hand: a perceptron with tanh and the mean
cross-entropy. Two meta-steps of three tasks in lock-step, each task with a state of Adam (beta1 = 0,
beta2 = 0.999) that is kept. R_i = sum over filters of |theta_i,f - c_f|^2 / |c_f|^2 with the mean c
of the tasks, whose norm counts as constant; its slope is checked by differences.
"""

import json
import pathlib

import numpy as np

HERE = pathlib.Path(__file__).parent
SIZES, TASKS, STEPS, BATCH, META = [3, 5, 4], 3, 4, 6, 2
RATE, OUTER, BETA, EPSILON = 0.05, 0.7, 0.999, 1e-8
NAMES = ["dense1/weight", "dense1/bias", "head/weight", "head/bias"]


def loss_and_slope(w, x, y):
    hidden = np.tanh(x @ w["dense1/weight"] + w["dense1/bias"])
    logits = hidden @ w["head/weight"] + w["head/bias"]
    logits = logits - logits.max(1, keepdims=True)
    chances = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    loss = -np.log((chances * y).sum(1)).mean()
    error = (chances - y) / len(x)
    back = (error @ w["head/weight"].T) * (1 - hidden ** 2)
    return loss, {"dense1/weight": x.T @ back, "dense1/bias": back.sum(0),
                  "head/weight": hidden.T @ error, "head/bias": error.sum(0)}


def mean(tasks):
    return {n: sum(t[n] for t in tasks) / len(tasks) for n in NAMES}


def penalty(tasks, i, norms):
    """R_i, with the squared norms of the mean's filters given."""
    c = mean(tasks)
    return sum((((tasks[i][n] - c[n]) ** 2).sum(0) / norms[n]).sum() for n in norms)


def pull(tasks, i):
    c = mean(tasks)
    slope = {}
    for n in ["dense1/weight", "head/weight"]:
        factor = 2 * (1 - 1 / len(tasks)) / (c[n] ** 2).sum(0)
        slope[n] = factor * (tasks[i][n] - c[n])
    return slope


def check(tasks):
    norms = {n: (mean(tasks)[n] ** 2).sum(0) for n in ["dense1/weight", "head/weight"]}
    for n, slope in pull(tasks, 1).items():
        for place in np.ndindex(slope.shape):
            ends = []
            for step in [1e-6, -1e-6]:
                moved = [{k: v.copy() for k, v in t.items()} for t in tasks]
                moved[1][n][place] += step
                ends.append(penalty(moved, 1, norms))
            assert abs((ends[0] - ends[1]) / 2e-6 - slope[place]) < 1e-7


def meta_step(start, states, batches, alpha):
    tasks = [start] * TASKS
    for j in range(STEPS):
        after, losses = [], []
        for i in range(TASKS):
            loss, slope = loss_and_slope(tasks[i], *batches[i][j])
            losses.append(loss)
            for n, extra in (pull(tasks, i) if alpha else {}).items():
                slope[n] = slope[n] + alpha * extra
            state = states[i]
            state["weight"] = BETA * state["weight"] + 1 - BETA
            moved = {}
            for n in NAMES:
                state[n] = BETA * state[n] + (1 - BETA) * slope[n] ** 2
                moved[n] = tasks[i][n] - RATE * slope[n] / (
                    np.sqrt(state[n] / state["weight"]) + EPSILON)
            after.append(moved)
        tasks = after
        if j == 1:
            check(tasks)
    return {n: start[n] + OUTER * (mean(tasks)[n] - start[n]) for n in NAMES}, losses


def case(alpha):
    random = np.random.default_rng(41)
    shapes = {"dense1/weight": (3, 5), "dense1/bias": (5,), "head/weight": (5, 4),
              "head/bias": (4,)}
    start = {n: 0.6 * random.normal(size=s) for n, s in shapes.items()}
    states = [{"weight": 0.0, **{n: np.zeros(s) for n, s in shapes.items()}} for _ in range(TASKS)]
    found = {"name": f"coefficient {alpha}", "coefficient": alpha, "rate": RATE, "outerRate": OUTER,
             "start": start, "steps": []}
    for _ in range(META):
        inputs = random.normal(size=(TASKS, STEPS, BATCH, 3))
        labels = random.integers(0, 4, size=(TASKS, STEPS, BATCH))
        one_hot = np.eye(4)[labels]
        batches = [[(inputs[i, j], one_hot[i, j]) for j in range(STEPS)] for i in range(TASKS)]
        start, losses = meta_step(start, states, batches, alpha)
        found["steps"].append({
            "inputs": inputs.reshape(TASKS, STEPS * BATCH, 3),
            "targets": one_hot.reshape(TASKS, STEPS * BATCH, 4),
            "start": dict(start), "losses": losses,
            "squares": [{n: s[n].copy() for n in NAMES} for s in states]})
    return found


def encode(value):
    if isinstance(value, dict):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(v) for v in value]
    if isinstance(value, np.ndarray):
        return {"shape": list(value.shape), "values": [float(v) for v in value.ravel()]}
    return float(value) if isinstance(value, np.floating) else value


if __name__ == "__main__":
    document = {"about": "two meta-steps of Reptile, plain and weight-clustered",
                "generator": "generate_reptile.py", "versions": {"numpy": np.__version__},
                "cases": [case(0), case(0.05)]}
    lines = json.dumps(encode(document), sort_keys=True, separators=(",", ":"), allow_nan=False)
    (HERE / "reptile.json").write_text(lines + "\n")
    print(f"reptile.json: {len(lines) / 1000:.0f} kB")
