"""Random networks, as descriptions: Python that torch runs as well as Whichflops.

A network grows a statement at a time. Whatever torch refuses, or what comes to more than NUMBERS or is no tensor of
floating point of two to five dimensions, is taken back.
"""

import operator
import random

import torch
import torch.nn as nn
import torch.nn.functional as F

NUMBERS = 60_000
TRIES = 200
ACTIVATIONS = """
    ReLU() ReLU(inplace=True) ReLU6() ReLU6(inplace=True) LeakyReLU(0.1) LeakyReLU(0.1,inplace=True) PReLU() RReLU()
    ELU() CELU(0.5) SELU() GELU() GELU(approximate='tanh') SiLU() Mish() Hardswish() Hardsigmoid() Hardtanh()
    Hardtanh(0.0,6.0) Sigmoid() LogSigmoid() Tanh() Tanhshrink() Softsign() Softplus() Hardshrink() Softshrink()
    Softmax(dim=-1) Softmax(dim=1) LogSoftmax(dim=1) GLU() GLU(dim=1) Identity() Dropout(0.1) Dropout(0.1,inplace=True)
    AlphaDropout(0.2)
""".split()
OF_ONE = """
    F.relu(X); F.relu(X, True); F.relu(X, inplace=True); torch.nn.functional.relu(X); F.relu6(X); F.silu(X)
    F.hardswish(X); F.hardsigmoid(X); F.selu(X); F.mish(X); F.hardtanh(X); F.leaky_relu(X, 0.2); F.elu(X); F.celu(X)
    F.sigmoid(X); F.tanh(X); F.logsigmoid(X); F.softsign(X); F.softplus(X); F.tanhshrink(X); F.gelu(X)
    F.gelu(X, approximate='tanh'); F.hardshrink(X); F.softshrink(X); F.threshold(X, 0.1, 0.0); F.softmax(X, dim=-1)
    F.softmax(X, 1); F.log_softmax(X, dim=1); F.glu(X); F.glu(X, dim=1); F.normalize(X); F.normalize(X, p=2, dim=-1)
    F.dropout(X, 0.1, False); F.dropout(X, p=0.1, training=False); F.layer_norm(X, [LAST]); torch.relu(X)
    torch.sigmoid(X); torch.tanh(X); torch.sqrt(X); torch.rsqrt(X); torch.exp(X); torch.log(X); torch.abs(X)
    torch.sign(X); torch.cos(X); torch.erf(X); torch.round(X); torch.pow(X, 2); torch.clamp(X, 0, 1)
    torch.clamp(X, min=0.1); torch.softmax(X, dim=1); X.sigmoid(); X.tanh(); X.relu(); X.relu_(); X.sqrt(); X.rsqrt()
    X.exp(); X.abs(); X.sin(); X.neg(); X.reciprocal(); X.log1p(); X.floor(); X.sigmoid_(); X.exp_(); X.sqrt_()
    X.tanh_(); X.clamp(0, 1); X.clamp(min=0); X.clamp_(0, 1); X.pow(2); X.softmax(dim=-1); X.softmax(1); X.float()
    X.contiguous(); X.clone(); X ** 2; -X
"""
OF_TWO = """
    X + Y; X - Y; X * Y; X / (Y * Y + 1.0); X + 1; X * 0.5; 2.0 * X; 1.0 - X; X / 2.0; torch.add(X, Y)
    torch.mul(X, Y); torch.sub(X, Y); torch.div(X, Y); torch.maximum(X, Y); torch.minimum(X, Y); torch.add(X, 1.0)
    torch.mul(X, 2); torch.sub(X, 2); X.add(Y); X.mul(Y); X.sub(Y); X.div(Y); X.maximum(Y); X.add(1); X.mul(0.5)
    X.sub(1.0); X.div(2.0); X.add_(Y); X.mul_(Y); X.sub_(Y); X.div_(Y); X.add_(1); X.mul_(2.0); X.div_(2.0)
    operator.iadd(X, Y); operator.imul(X, Y); torch.where(torch.gt(X, 0), X, Y); torch.where(X == 0, X, Y)
    torch.where(torch.gt(X, Y), X, 0.0); torch.cat([X, Y], 1); torch.cat([X, Y], dim=1); torch.cat((X, X), dim=1)
    torch.cat([X, X], -1); torch.stack([X, X], dim=1)
"""
SHAPING = """
    X.flatten(1); X.flatten(0, 1); torch.flatten(X, 1); torch.flatten(X, 0, 1)
    torch.flatten(X, start_dim=1, end_dim=2); X.transpose(1, -1); X.transpose(0, 1); torch.transpose(X, 1, -1)
    X.transpose(1, 2).contiguous(); X.unsqueeze(1); X.unsqueeze(-1); torch.unsqueeze(X, 1); X.squeeze(1)
    X.squeeze(-1); torch.squeeze(X, 1); X.view(X.size(0), -1); X.view(-1, X.shape[-1])
    X.view(X.shape[0], X.shape[1], -1); X.reshape(X.shape[0], -1); X.reshape(-1, X.size(-1))
    X.reshape(X.size(0), DIVISOR, -1); X.unflatten(1, (DIVISOR, -1)); X.chunk(2, 1)[0]; torch.chunk(X, 2, dim=1)[1]
    X.split(1, 1)[0]; torch.split(X, 2, dim=1)[0]; X.unbind(1)[0]; X[:, 1:]; X[:, 0]; X[:, -1]; X[0:1]; X[:, None]
    X[:, :, ::2]; X[..., :2]; torch.roll(X, 1, 1); torch.roll(X, shifts=(1,), dims=(1,)); X.mean(1); X.mean(-1)
    X.mean(dim=-1, keepdim=True); torch.mean(X, 1); torch.mean(X, dim=-1, keepdim=True); X.sum(1); X.sum(dim=-1)
    X.sum(1, keepdim=True); torch.sum(X, dim=1); torch.sum(X, 1, True); X.amax(1); X.amax(-1, keepdim=True)
    X.amin(dim=1); torch.amax(X, -1); X - X.mean(1, keepdim=True); X / X.norm(dim=-1, keepdim=True)
"""
SHAPING_BY_RANK = {
    2: "X",
    3: "X.permute(0, 2, 1); torch.permute(X, (0, 2, 1)); X.permute(1, 0, 2); X.unsqueeze(0); X.repeat(1, 1, 2)",
    4: """X.permute(0, 2, 3, 1); X.permute(0, 3, 1, 2); X.flatten(2); X.flatten(2).transpose(1, 2); X.mean([2, 3])
          X.mean((2, 3), keepdim=True); F.pixel_shuffle(X, 2); F.pixel_unshuffle(X, 2); X.repeat(1, 1, 1, 2)""",
    5: "X.permute(0, 2, 3, 4, 1); X.flatten(2); X.mean([2, 3, 4])",
}
PRODUCTS = """
    X @ X.transpose(-2, -1); X.transpose(-2, -1) @ X; torch.matmul(X, X.transpose(-2, -1))
    X.matmul(X.transpose(-1, -2)); X @ self.W.t(); torch.matmul(X, self.W.t()); F.linear(X, self.W)
    F.linear(X, self.W, self.B); X * self.V; X + self.V; self.V + X; torch.add(X, self.V); torch.mul(self.V, X)
"""
PRODUCTS_BY_RANK = {
    2: """torch.mm(X, self.W.t()); X.mm(self.W.t()); torch.addmm(self.B, X, self.W.t())
          torch.einsum('ij,kj->ik', X, self.W)""",
    3: """torch.bmm(X, X.transpose(1, 2)); X.bmm(X.transpose(1, 2)); torch.einsum('bij,bkj->bik', X, X)
          torch.einsum('bij,kj->bik', X, self.W); torch.baddbmm(X @ X.transpose(1, 2), X, X.transpose(1, 2))
          F.scaled_dot_product_attention(X, X, X)""",
    4: """torch.einsum('bhij,bhkj->bhik', X, X); torch.einsum('bhij,kj->bhik', X, self.W)
          F.scaled_dot_product_attention(X, X, X); F.scaled_dot_product_attention(X, X, X, is_causal=True)""",
    5: "X @ self.W.t()",
}
WINDOWS = """
    F.max_poolD(X, 2); F.max_poolD(X, 3, 1, 1); F.max_poolD(X, kernel_size=2, stride=1); F.avg_poolD(X, 2)
    F.avg_poolD(X, 3, stride=2, padding=1); F.adaptive_avg_poolD(X, 1); F.adaptive_avg_poolD(X, 3)
    F.adaptive_max_poolD(X, 2); F.convD(X, self.K); F.convD(X, self.K, padding=1)
    F.convD(X, self.K, self.C, stride=2, padding=1); F.conv_transposeD(X, self.T, stride=2); F.group_norm(X, DIVISOR)
    F.interpolate(X, scale_factor=2); F.interpolate(X, scale_factor=2.0, mode='nearest'); F.interpolate(X, size=5)
    F.interpolate(X, size=4, mode='area'); F.interpolate(X, scale_factor=1.5, mode='area'); F.pad(X, (1, 1))
    F.interpolate(X, scale_factor=2, recompute_scale_factor=True); F.pad(X, (1, 2), mode='constant', value=0.5)
    F.pad(X, (0, 1), mode='replicate')
"""
WINDOWS_OF_IMAGES = """
    F.interpolate(X, scale_factor=2, mode='bilinear', align_corners=False)
    F.interpolate(X, size=(6, 5), mode='bicubic'); F.interpolate(X, size=X.shape[2:], mode='bilinear')
    F.pad(X, (1, 1, 1, 1), mode='reflect'); F.pad(X, (1, 1, 2, 2))
"""


def forms(text):
    return [form.strip() for line in text.strip().split("\n") for form in line.split(";")]


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
