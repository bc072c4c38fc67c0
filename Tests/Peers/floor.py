"""What oneDNN's convolutions alone would take: a floor for whoever computes with them.

    python floor.py --workload W1

Every convolution of an iteration, forward and both gradients, as often as exact derivatives need it (see
`workloads.flops`), by PyTorch in the channels-last format on one thread; half of that is two threads' at
their best. Nothing else is counted: no batch norm, activation, pooling, sum or copy. Prints JSON.
"""

import argparse
import json
import statistics
import time

import torch

import workloads
from workloads import WORKLOADS


def counts(workload):
    """[(images in a batch, times that its gradient is computed, times a product with its Hessian)]"""
    n, support, query = workload.episodes, workload.support, workload.query
    second = 0 if workload.first_order else workload.steps
    if workload.kind == "maml":
        return [(support, n * workload.steps, n * second), (query, n, 0)]
    if workload.kind == "hessian":
        return [(support, 1, workload.products)]
    return [(support, n, 0)]


def seconds(call):
    call()
    times, end = [], time.perf_counter() + 0.3
    while len(times) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def layer(net, images, channels, filters, side):
    """The times of a convolution and of the gradients with respect to filters and images."""
    channels_last = torch.channels_last
    whole = side if net.stride == 1 else side * net.stride
    x = torch.randn(images, channels, whole, whole).contiguous(memory_format=channels_last)
    w = torch.randn(filters, channels, 3, 3).contiguous(memory_format=channels_last)
    steps, padding = [net.stride] * 2, [1, 1]
    y = torch.nn.functional.conv2d(x, w, None, steps, padding)

    def backward(*wanted):
        return lambda: torch.ops.aten.convolution_backward(
            y, x, w, None, steps, padding, [1, 1], False, [0, 0], 1, [*wanted, False])

    forward = seconds(lambda: torch.nn.functional.conv2d(x, w, None, steps, padding))
    return forward, seconds(backward(False, True)), seconds(backward(True, False))


def floor(workload):
    total, net = 0.0, workload.net
    for images, gradients, products in counts(workload):
        if not images:
            continue
        for index, shape in enumerate(workloads.blocks(net)[0]):
            forward, to_filters, to_images = layer(net, images, *shape)
            total += gradients * (forward + to_filters)
            # Three bilinear maps with two products each; the images have no gradient.
            total += products * (1 if index == 0 else 2) * (forward + to_filters)
            if index > 0:
                total += (gradients + 2 * products) * to_images
    return total


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workload", required=True)
    name = parser.parse_args().workload
    torch.set_num_threads(1)
    with torch.no_grad():
        print(json.dumps({"workload": name, "seconds": floor(WORKLOADS[name]) / 2}))


if __name__ == "__main__":
    main()
