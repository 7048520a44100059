import torch
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    """A residual block whose one ReLU runs twice."""

    def __init__(self, channels, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.bn(self.conv(self.relu(x))) + x)


class Repeated(nn.Module):
    """A block that runs twice and stands in two places, equal neighbours in a list, a layer that never runs."""

    def __init__(self):
        super().__init__()
        shared = Block(8)
        self.stem = nn.Conv2d(6, 8, 3, padding=1)
        self.first = nn.Sequential(shared, nn.MaxPool2d(2))
        self.blocks = nn.ModuleList([Block(8, 2), Block(8, 2), Block(8)])
        self.second = nn.Sequential(shared, nn.Dropout(0.1))
        self.pool = nn.AdaptiveAvgPool2d((1, 1))
        self.idle = nn.Linear(5, 7)
        self.fc = nn.Linear(8, 3, bias=False)

    def forward(self, x):
        x = self.first(self.stem(x))
        for block in self.blocks:
            x = block(x)
        return self.fc(torch.flatten(self.pool(self.second(x)), 1))


class Wide(nn.Module):
    """Many parameters in one layer, functions and matrix products outside of modules, a frozen layer."""

    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(6, 4, 2, stride=2)
        self.act = nn.PReLU(4)
        self.fc1 = nn.Linear(4096, 4096)
        self.gelu = nn.GELU()
        self.fc2 = nn.Linear(4096, 10)
        self.fc1.weight.requires_grad_(False)

    def forward(self, x):
        x = F.relu(self.act(self.up(x)))
        x = F.softmax(torch.matmul(x, x), -1)
        return self.fc2(self.gelu(self.fc1(torch.flatten(x, 1))))
