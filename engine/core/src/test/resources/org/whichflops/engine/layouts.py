"""Writes chains of tensor functions with the strides that torch gives their results: python3 layouts.py layouts.csv.gz"""
import gzip
import io
import random
import sys

import torch
import torch.nn.functional as F

random.seed(20260301)


def step(x):
    """One function that the tensor can take, as its name with arguments, and its result."""
    rank = x.dim()
    dim = random.randrange(rank)
    other = random.randrange(rank)
    kind = random.choice(
        ["transpose", "transpose", "permute", "permute", "slice", "every", "select", "unsqueeze", "squeeze", "expand",
         "reshape", "flatten", "chunk", "split", "unbind", "relu", "double", "plus", "plusrow", "rowplus", "iadd",
         "contiguous", "clone", "softmax", "layernorm", "dropout", "conv", "pool", "batchnorm", "cat", "stack", "roll",
         "pad", "matmul", "attention", "upsample", "groupnorm", "mean"])
    if kind == "transpose":
        return f"transpose {dim} {other}", x.transpose(dim, other)
    if kind == "permute":
        order = random.sample(range(rank), rank)
        return "permute " + " ".join(map(str, order)), x.permute(order)
    if kind == "slice" and x.shape[dim] > 1:
        start = random.randrange(1, x.shape[dim])
        return f"slice {dim} {start}", x.narrow(dim, start, x.shape[dim] - start)
    if kind == "every" and x.shape[dim] > 1:
        at = [slice(None)] * rank
        at[dim] = slice(0, None, 2)
        return f"every {dim}", x[tuple(at)]
    if kind == "select" and rank > 2:
        return f"select {dim}", x.select(dim, 0)
    if kind == "unsqueeze" and rank < 5:
        return f"unsqueeze {dim}", x.unsqueeze(dim)
    if kind == "squeeze" and rank > 2:
        return f"squeeze {dim}", x.squeeze(dim)
    if kind == "expand" and 1 in x.shape:
        sizes = [3 if s == 1 else s for s in x.shape]
        return "expand", x.expand(sizes)
    if kind == "reshape":
        sizes = list(x.shape)
        if rank > 2 and random.random() < 0.5:
            at = random.randrange(rank - 1)
            sizes[at:at + 2] = [sizes[at] * sizes[at + 1]]
        elif sizes[dim] % 2 == 0 and rank < 5:
            sizes[dim:dim + 1] = [2, sizes[dim] // 2]
        return "reshape " + " ".join(map(str, sizes)), x.reshape(sizes)
    if kind == "flatten" and rank > 2:
        return "flatten 1", x.flatten(1)
    if kind == "chunk" and x.shape[dim] > 1:
        return f"chunk {dim}", x.chunk(2, dim)[1]
    if kind == "split" and x.shape[dim] > 1:
        return f"split {dim}", x.split(1, dim)[0]
    if kind == "unbind" and rank > 2:
        return f"unbind {dim}", x.unbind(dim)[0]
    if kind == "relu":
        return "relu", F.relu(x)
    if kind == "double":
        return "double", x * 2
    if kind == "plus":
        return "plus", x + torch.empty(x.shape)
    if kind == "plusrow":
        return "plusrow", x + torch.empty(x.shape[-1])
    if kind == "rowplus":
        return "rowplus", torch.empty(x.shape[-1]) + x
    if kind == "iadd" and 0 not in x.stride():
        x += 1
        return "iadd", x
    if kind == "contiguous":
        return "contiguous", x.contiguous()
    if kind == "clone":
        return "clone", x.clone()
    if kind == "softmax":
        return "softmax", x.softmax(-1)
    if kind == "layernorm":
        return "layernorm", F.layer_norm(x, (x.shape[-1],))
    if kind == "dropout":
        return "dropout", F.dropout(x, training=False)
    if kind == "conv" and rank == 4:
        return "conv", F.conv2d(x, torch.empty(6, x.shape[1], 1, 1))
    if kind == "pool" and rank == 4 and x.shape[2] > 1 and x.shape[3] > 1:
        return "pool", F.max_pool2d(x, 2)
    if kind == "batchnorm" and rank == 4:
        return "batchnorm", F.batch_norm(x, torch.zeros(x.shape[1]), torch.ones(x.shape[1]))
    if kind == "groupnorm" and rank == 4 and x.numel() > 1:
        return "groupnorm", F.group_norm(x, 1)
    if kind == "upsample" and rank == 4:
        return "upsample", F.interpolate(x, scale_factor=2)
    if kind == "cat" and x.shape[dim] < 9:
        return f"cat {dim}", torch.cat([x, x], dim)
    if kind == "stack" and rank < 5:
        return f"stack {dim}", torch.stack([x, x], dim)
    if kind == "roll":
        return "roll", torch.roll(x, 1, 0)
    if kind == "pad":
        amount = random.randrange(2)
        return f"pad {amount}", F.pad(x, (0, amount))
    if kind == "matmul" and rank > 2:
        return "matmul", x @ torch.empty(x.shape[-1], 4)
    if kind == "attention" and rank == 4:
        return "attention", F.scaled_dot_product_attention(x, x, x)
    if kind == "mean":
        return f"mean {dim}", x.mean(dim, keepdim=True)
    return None


def numbers(values):
    return "x".join(map(str, values))


def chain():
    start = [random.choice([1, 2, 3, 4, 6]) for _ in range(random.randrange(2, 6))]
    x = torch.empty(start)
    names = []
    length = random.randrange(1, 8)
    while not names or (len(names) < length and x.numel() < 5000):
        taken = step(x)
        if taken:
            names.append(taken[0])
            x = taken[1]
    return f"{numbers(start)},{';'.join(names)},{numbers(x.shape)},{numbers(x.stride())},{int(x.is_contiguous())}\n"


lines = io.StringIO()
lines.write("input,functions,shape,strides,contiguous\n")
with torch.no_grad():
    for _ in range(1500):
        lines.write(chain())
with open(sys.argv[1], "wb") as file:
    file.write(gzip.compress(lines.getvalue().encode("utf-8"), 9, mtime=0))
