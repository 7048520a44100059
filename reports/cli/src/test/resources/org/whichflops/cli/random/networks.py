"""Random networks, as descriptions: Python that torch runs as well as Whichflops.

A network grows a statement at a time. Whatever torch refuses, or what comes to more than NUMBERS or is no tensor of
floating point of two to five dimensions, is taken back.
"""

import operator
import random

import torch
import torch.nn as nn
import torch.nn.functional as F
from statements import (
    ACTIVATIONS,
    OF_ONE,
    OF_TWO,
    PRODUCTS,
    PRODUCTS_BY_RANK,
    SHAPING,
    SHAPING_BY_RANK,
    WINDOWS,
    WINDOWS_OF_IMAGES,
    forms,
)

NUMBERS = 60_000
TRIES = 200


class Network:
    """A network that grows; its description when it is done."""

    def __init__(self, seed, shape=None, steps=None):
        self.random = random.Random(seed)
        self.nested = shape is not None
        self.shape = list(shape or self.input_shape())
        self.modules, self.parameters, self.lines, self.count = {}, {}, [], 0
        self.values, self.current = {"x": torch.zeros(self.shape)}, "x"
        left = steps or self.random.randint(2, 9)
        for _ in range(TRIES):
            left -= self.grow()
            if not left:
                break

    def input_shape(self):
        pick, between, batch = self.random.choice, self.random.randint, self.random.choice([1, 1, 2, 3])
        return pick([
            [batch, pick([4, 6, 8, 12])],
            [batch, between(3, 10), pick([4, 6, 8, 12])],
            [batch, between(3, 10), pick([4, 6, 8, 12])],
            [batch, between(3, 10), pick([4, 6, 8, 12])],
            [batch, pick([1, 3, 4, 6, 8]), between(5, 16), between(5, 16)],
            [batch, pick([1, 3, 4, 6, 8]), between(5, 16), between(5, 16)],
            [batch, pick([1, 3, 4, 6, 8]), between(5, 16), between(5, 16)],
            [batch, pick([2, 3, 4]), between(4, 7), between(4, 7), between(4, 7)],
        ])

    def description(self):
        description = {} if self.nested else {"input": self.shape, "resizable": False}
        if self.modules:
            description["modules"] = self.modules
        if self.parameters:
            description["parameters"] = self.parameters
        description["forward"] = self.lines + ["return " + self.current]
        return description

    # What arguments are made of.

    def sizes(self):
        return list(self.values[self.current].shape)

    def some(self, probability, *texts):
        return list(texts) if self.random.random() < probability else []

    def flag(self):
        return self.random.choice(["True", "False"])

    def extents(self, low, high, dims):
        all = [str(self.random.randint(low, high)) for _ in range(dims)]
        return all[0] if dims == 1 or self.random.random() < 0.6 else "(" + ", ".join(all) + ")"

    def divisor(self, number):
        return self.random.choice([d for d in range(1, number + 1) if number % d == 0])

    # Statements.

    def grow(self):
        """Adds a statement; whether torch takes it."""
        self.count += 1
        name = "m%d" % self.count
        x, target = self.current, "t%d" % self.count
        modules, parameters = {}, {}
        kind, rank = self.random.random(), len(self.sizes())
        if kind < 0.5:
            modules[name] = self.any_module()
            lines = ["%s = self.%s(%s)" % (target, name, x)]
            if self.random.random() < 0.08:
                lines.append("%s = self.%s(%s)" % (target, name, target))
        elif kind < 0.515 and rank == 3:
            modules[name] = "Embedding(%d, %d)" % (self.sizes()[1] + self.random.randint(0, 3), self.sizes()[2])
            lines = ["%s = %s + self.%s(torch.arange(%s.shape[1]))" % (target, x, name, x)]
        elif kind < 0.525 and rank < 4:
            modules[name] = "Bilinear(%d, %d, %d)" % (self.sizes()[-1], self.sizes()[-1], self.random.randint(1, 5))
            lines = ["%s = self.%s(%s, %s)" % (target, name, x, x)]
        elif kind < 0.6 and rank < 4:
            modules[name], call = self.sequence_module(rank)
            lines = [call.replace("T", target).replace("M", name).replace("X", x)]
        else:
            lines = self.expression(target, parameters)
        return self.accept(target, lines, modules, parameters)

    def accept(self, target, lines, modules, parameters):
        try:
            description = {
                "modules": {**self.modules, **modules},
                "parameters": {**self.parameters, **parameters},
                "forward": self.lines + lines + ["return locals()"],
            }
            with torch.no_grad():
                values = module(description)(torch.rand(self.shape) + 0.5)
            y = values[target]
            if not torch.is_tensor(y) or not y.is_floating_point():
                return False
            if not 0 < y.numel() <= NUMBERS or not 2 <= y.dim() <= 5:
                return False
        except (RuntimeError, ValueError, TypeError, IndexError, AssertionError, AttributeError, NotImplementedError):
            return False
        self.lines += lines
        self.modules.update(modules)
        self.parameters.update(parameters)
        self.values = {name: value for name, value in values.items() if torch.is_tensor(value)}
        self.current = target
        return True

    def expression(self, target, parameters):
        sizes = self.sizes()
        rank, last, number = len(sizes), sizes[-1], self.count
        table = self.random.choice([
            forms(OF_ONE),
            forms(OF_TWO),
            forms(SHAPING) + 3 * forms(SHAPING_BY_RANK[rank]),
            forms(PRODUCTS) + 2 * forms(PRODUCTS_BY_RANK[rank]),
            (forms(WINDOWS) + (forms(WINDOWS_OF_IMAGES) if rank == 4 else [])) if rank > 2 else forms(OF_TWO),
        ])
        text = self.random.choice(table)
        text = text.replace("DIVISOR", str(self.divisor(sizes[1]))).replace("LAST", str(last))
        text = text.replace("poolD", "pool%dd" % (rank - 2)).replace("convD", "conv%dd" % (rank - 2))
        text = text.replace("transposeD", "transpose%dd" % (rank - 2))
        rows = self.random.randint(2, 8)
        shapes = {
            "W": [rows, last],
            "B": [rows],
            "V": self.random.choice([[last], [1] * (rank - 1) + [last], sizes[1:], [1]]),
            "K": [4, sizes[1]] + [3] * (rank - 2),
            "C": [4],
            "T": [sizes[1], 3] + [2] * (rank - 2),
        }
        for letter, shape in shapes.items():
            if "self." + letter in text:
                name = "%s%d" % (letter.lower(), number)
                text = text.replace("self." + letter, "self." + name)
                parameters[name] = shape
        x, y = self.current, self.random.choice(list(self.values))
        text = text.replace("X", x).replace("Y", y)
        left, _, right = text.partition(" ")
        if left == x and right[:2] in ("+ ", "- ", "* ", "/ ") and "(" not in right and self.random.random() < 0.2:
            return ["%s = %s" % (target, x), "%s %s= %s" % (target, right[0], right[2:])]
        return ["%s = %s" % (target, text)]

    # Modules.

    def any_module(self):
        kind = self.random.random()
        if kind < 0.12:
            return [self.layer()] + [self.random.choice(ACTIVATIONS) for _ in range(self.random.randint(0, 2))]
        if kind < 0.25 and not self.nested:
            inner = Network(self.random.random(), self.sizes(), self.random.randint(1, 3)).description()
            inner["class"] = "models." + self.random.choice(["Block", "ConvBlock", "MyLinear", "Layer"])
            return inner
        if kind < 0.3 and self.modules:
            return "self." + self.random.choice(list(self.modules))
        layer = self.layer()
        learns = layer.split("(")[0] in ("Linear", "Conv1d", "Conv2d", "BatchNorm2d", "LayerNorm")
        return layer + (".requires_grad_(False)" if learns and self.random.random() < 0.05 else "")

    def layer(self):
        dims, kind = len(self.sizes()) - 2, self.random.random()
        if kind < 0.25:
            return self.random.choice(ACTIVATIONS + ["PReLU(%d)" % self.sizes()[1]])
        return self.spatial(dims) if dims > 0 and kind < 0.8 else self.dense()

    def dense(self):
        channels, last = self.sizes()[1], self.sizes()[-1]
        part = self.divisor(channels)
        return self.random.choice(
            3 * ["Linear(%d, %d%s)" % (last, self.random.randint(2, 12), self.random.choice(["", ", bias=False"]))]
            + [
                self.layer_norm(1),
                "RMSNorm(%d)" % last,
                "BatchNorm1d(%d)" % channels,
                "GroupNorm(%d, %d)" % (part, channels),
                self.random.choice(["Flatten()", "Flatten(2)", "Flatten(start_dim=1, end_dim=-2)"]),
                "Unflatten(1, (%d, %d))" % (part, channels // part),
            ]
        )

    def layer_norm(self, dims):
        last = self.sizes()[-self.random.randint(1, dims):]
        shape = str(last[0]) if len(last) == 1 and self.random.random() < 0.5 else str(last)
        return "LayerNorm(%s%s)" % (shape, self.random.choice(["", "", ", elementwise_affine=False", ", bias=False"]))

    def spatial(self, dims):
        makers = [
            *4 * [self.convolution],
            *2 * [self.transposed_convolution],
            *3 * [self.pooling],
            *2 * [self.channel_norm],
            self.adaptive_pooling,
            self.padding,
            self.upsampling,
            lambda dims: self.layer_norm(dims + 1),
            self.rearrangement,
        ]
        return self.random.choice(makers)(dims)

    def convolution(self, dims):
        channels = self.sizes()[1]
        groups = self.divisor(channels)
        arguments = [str(channels), str(groups * self.random.randint(1, 4)), self.extents(1, 3, dims)]
        if self.random.random() < 0.1:
            arguments.append("padding='same'")
        else:
            arguments += self.some(0.4, "stride=" + self.extents(1, 3, dims))
            arguments += self.some(0.5, "padding=" + self.extents(0, 2, dims))
            arguments += self.some(0.2, "dilation=" + self.extents(1, 2, dims))
            arguments += self.some(0.5 if groups > 1 else 0, "groups=%d" % groups)
        arguments += self.some(0.4, "bias=" + self.flag())
        modes = ["zeros", "reflect", "replicate", "circular"]
        arguments += self.some(0.1, "padding_mode='%s'" % self.random.choice(modes))
        return "Conv%dd(%s)" % (dims, ", ".join(arguments))

    def transposed_convolution(self, dims):
        channels = self.sizes()[1]
        groups = self.divisor(channels)
        arguments = [str(channels), str(groups * self.random.randint(1, 3)), self.extents(1, 3, dims)]
        arguments += self.some(0.6, "stride=" + self.extents(1, 2, dims))
        arguments += self.some(0.4, "padding=" + self.extents(0, 1, dims))
        arguments += self.some(0.2, "output_padding=1")
        arguments += self.some(0.5 if groups > 1 else 0, "groups=%d" % groups)
        arguments += self.some(0.4, "bias=" + self.flag())
        arguments += self.some(0.15, "dilation=2")
        return "ConvTranspose%dd(%s)" % (dims, ", ".join(arguments))

    def pooling(self, dims):
        kind = self.random.choice(["Max", "Avg", "LP"])
        arguments = self.some(1 if kind == "LP" else 0, "2") + [self.extents(1, 3, dims)]
        arguments += self.some(0.5, "stride=" + self.extents(1, 3, dims))
        if kind != "LP":
            arguments += self.some(0.3, "padding=1")
        arguments += self.some(0.3, "ceil_mode=True")
        arguments += self.some(0.1 if kind == "Max" else 0, "dilation=2")
        arguments += self.some(0.2 if kind == "Avg" else 0, "count_include_pad=False")
        arguments += self.some(0.1 if kind == "Avg" and dims > 1 else 0, "divisor_override=3")
        return "%sPool%dd(%s)" % (kind, dims, ", ".join(arguments))

    def adaptive_pooling(self, dims):
        kept = [self.random.choice(["None", "2", "3"]) for _ in range(dims)]
        each = "(" + ", ".join(kept) + ("," if dims == 1 else "") + ")"
        size = self.random.choice([self.extents(1, 4, dims), "1", each])
        return "Adaptive%sPool%dd(%s)" % (self.random.choice(["Max", "Avg", "Avg"]), dims, size)

    def channel_norm(self, dims):
        channels = self.sizes()[1]
        affine = self.some(0.4, "affine=" + self.flag())
        tracked = self.some(0.2, "track_running_stats=" + self.flag())
        return self.random.choice([
            "BatchNorm%dd(%s)" % (dims, ", ".join([str(channels)] + affine + tracked)),
            "InstanceNorm%dd(%s)" % (dims, ", ".join([str(channels)] + affine + tracked)),
            "GroupNorm(%s)" % ", ".join([str(self.divisor(channels)), str(channels)] + affine),
            "SyncBatchNorm(%d)" % channels,
            "LocalResponseNorm(%d)" % self.random.randint(1, 5),
            "RMSNorm(%d%s)" % (self.sizes()[-1], self.random.choice(["", ", elementwise_affine=False"])),
        ])

    def padding(self, dims):
        kind = self.random.choice(["Zero", "Constant", "Reflection", "Replication", "Circular"])
        each = "(" + ", ".join(str(self.random.randint(0, 2)) for _ in range(2 * dims)) + ")"
        pads = self.random.choice([str(self.random.randint(0, 2)), each])
        return "%sPad%dd(%s%s)" % (kind, dims, pads, ", 1.0" if kind == "Constant" else "")

    def upsampling(self, dims):
        scaled = "scale_factor=" + self.random.choice(["2", "1.5", "2.0", "3", "0.5"])
        sized = "size=" + self.extents(3, 9, dims)
        if dims == 2 and self.random.random() < 0.2:
            kind = self.random.choice(["Bilinear", "Nearest"])
            return "Upsampling%s2d(%s)" % (kind, self.random.choice([scaled, sized]))
        blended = {1: ["linear"], 2: ["bilinear", "bicubic"], 3: ["trilinear"]}[dims]
        mode = self.random.choice(["nearest", "nearest-exact", "area"] + 2 * blended)
        arguments = [self.random.choice([scaled, sized])]
        arguments += self.some(0.5 if mode == "nearest" else 1, "mode='%s'" % mode)
        arguments += self.some(0.4 if mode in blended else 0, "align_corners=" + self.flag())
        return "Upsample(%s)" % ", ".join(arguments)

    def rearrangement(self, dims):
        softmax = "Softmax2d()" if dims == 2 else "Softmax(dim=%d)" % self.random.randint(0, dims + 1)
        shuffle = "ChannelShuffle(%d)" % self.divisor(self.sizes()[1])
        return self.random.choice(["PixelShuffle(2)", "PixelUnshuffle(2)", shuffle, "Dropout%dd(0.1)" % dims, softmax])

    def sequence_module(self, rank):
        """A module over a sequence, or a cell, and its call."""
        width = self.sizes()[-1]
        heads = self.divisor(width)
        batch_first = self.some(0.6, "batch_first=True")
        if rank == 2:
            kind = self.random.choice(["RNNCell", "GRUCell", "LSTMCell"])
            arguments = [str(width), str(self.random.randint(2, 8))] + self.some(0.4, "bias=False")
            call = "T, T_c = self.M(X)" if kind == "LSTMCell" else "T = self.M(X)"
            return "%s(%s)" % (kind, ", ".join(arguments)), call
        kind = self.random.choice(["RNN", "GRU", "LSTM"] + 2 * ["MultiheadAttention"] + 2 * ["Encoder"])
        if kind == "MultiheadAttention":
            arguments = [str(width), str(heads)] + self.some(0.3, "bias=False") + batch_first
            memories = [name for name, value in self.values.items() if value.dim() == 3]
            memory = self.random.choice(memories + ["X"] * len(memories))
            call = "T, T_w = self.M(X, %s, %s)" % (memory, self.random.choice([memory, memory, memory + " * 1.0"]))
            return "%s(%s)" % (kind, ", ".join(arguments)), call
        if kind == "Encoder":
            arguments = [str(width), str(heads), "dim_feedforward=%d" % self.random.randint(4, 12)] + batch_first
            arguments += self.some(0.3, "activation='gelu'") + self.some(0.3, "norm_first=True")
            arguments += self.some(0.2, "bias=False")
            layer = "TransformerEncoderLayer(%s)" % ", ".join(arguments)
            norm = self.random.choice(["", ", norm=LayerNorm(%d)" % width])
            encoder = "TransformerEncoder(%s, num_layers=%d%s)" % (layer, self.random.randint(1, 3), norm)
            return self.random.choice([layer, encoder]), "T = self.M(X)"
        arguments = [str(width), str(self.random.randint(2, 8))] + batch_first
        arguments += self.some(0.4, "num_layers=%d" % self.random.randint(1, 3)) + self.some(0.2, "bias=False")
        arguments += self.some(0.4, "bidirectional=True")
        arguments += self.some(0.15 if kind == "LSTM" else 0, "proj_size=1")
        state = self.random.choice(["T_h", "(T_h, T_c)"]) if kind == "LSTM" else "T_h"
        return "%s(%s)" % (kind, ", ".join(arguments)), "T, %s = self.M(X)" % state


def module(description):
    """The module of a description, in evaluation, with a class and a forward of its own."""
    name = description.get("class", "Model").split(".")[-1]
    parts = ["class %s(nn.Module):" % name]
    parts += ["    def __init__(self):", "        super().__init__()", "        fill(self)"]
    parts += ["    def forward(self, x):"]
    parts += ["        " + line for line in description["forward"]]

    def fill(self):
        for key, shape in description.get("parameters", {}).items():
            self.register_parameter(key, nn.Parameter(torch.rand(shape)))
        for key, text in description.get("modules", {}).items():
            self.add_module(key, layer_of(text, self))

    names = dict(nn=nn, F=F, torch=torch, operator=operator, fill=fill)
    exec("\n".join(parts), names)
    return names[name]().eval()


def layer_of(text, parent):
    if isinstance(text, dict):
        return module(text)
    if isinstance(text, list):
        return nn.Sequential(*[layer_of(part, parent) for part in text])
    return eval(text, {**vars(nn), "self": parent})
