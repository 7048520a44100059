"""Records what torchinfo prints for small models in which its list of rows goes astray.

PYTHONPATH=<a checkout of torchinfo> python3 record.py FOLDER
"""
import gzip
import pathlib
import sys

import torch
import torchinfo
from torch import nn


class TwoParents(nn.Module):
    """A block under two parents, one of which is a list that is never called itself."""

    def __init__(self):
        super().__init__()
        block = nn.Sequential(nn.Conv2d(6, 6, 3, padding=1), nn.BatchNorm2d(6))
        self.a = nn.Sequential(block, nn.ReLU())
        self.b = nn.ModuleList([nn.ReLU(), nn.Sequential(block)])
        self.fc = nn.Linear(16, 4)

    def forward(self, x):
        return self.fc(self.a(self.b[1](self.b[0](self.a(x)))))


class Lists(nn.Module):
    """Lists in a list, gone through twice; a layer in a dict; a layer and a parameter not used."""

    def __init__(self):
        super().__init__()
        self.l = nn.ModuleList([nn.ModuleList([nn.Conv2d(6, 6, 1), nn.MaxPool2d(1)]) for _ in range(2)])
        self.d = nn.ModuleDict({"k": nn.Linear(16, 16)})
        self.w = nn.Parameter(torch.ones(3))
        self.unused = nn.Linear(3, 3)

    def forward(self, x):
        for inner in self.l:
            for layer in inner:
                x = layer(x)
        x = self.d["k"](x)
        for inner in self.l:
            for layer in inner:
                x = layer(x)
        return x


class Tied(nn.Module):
    """One weight in three layers."""

    def __init__(self):
        super().__init__()
        self.a = nn.Linear(16, 16)
        self.b = nn.Linear(16, 16)
        self.b.weight = self.a.weight
        self.c = nn.Linear(16, 16, bias=False)
        self.c.weight = self.a.weight

    def forward(self, x):
        return self.c(self.b(self.a(x)))


class Frozen(nn.Module):
    """Parameters without gradients, of either kind of name and of others."""

    def __init__(self, weight, bias):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(6, 1, 1), requires_grad=weight)
        self.my_bias = nn.Parameter(torch.ones(6, 1, 1), requires_grad=bias)
        self.gamma = nn.Parameter(torch.ones(6, 1, 1), requires_grad=bias)

    def forward(self, x):
        return x * self.weight


class PartlyFrozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.all = Frozen(False, False)
        self.some = Frozen(True, False)
        self.none = Frozen(True, True)

    def forward(self, x):
        return self.none(self.some(self.all(x)))


COLUMNS = ("input_size", "output_size", "num_params", "kernel_size", "mult_adds", "trainable")

if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for model in (TwoParents, Lists, Tied, PartlyFrozen):
        text = torchinfo.summary(
            model(), (2, 6, 16, 16), depth=5, row_settings=("depth", "var_names"), col_names=COLUMNS, verbose=0
        )
        path = folder / f"{model.__name__}.txt.gz"
        path.write_bytes(gzip.compress(f"{text}\n".encode(), 9, mtime=0))
