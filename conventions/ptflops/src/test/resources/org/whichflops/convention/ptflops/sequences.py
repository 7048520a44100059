"""Writes the operators that a TorchDispatchMode sees in torchvision's models: python3 sequences.py sequences.csv.gz

One line a model: the operators in order, a number before one that comes several times in a row. The first makes the input.
"""
import gzip
import io
import sys

import torch
import torchvision
from torch.utils._python_dispatch import TorchDispatchMode

SIZES = {"inception_v3": 75, "vit_b_16": 32}
MODELS = [
    "alexnet", "convnext_tiny", "densenet121", "efficientnet_b0", "efficientnet_v2_s", "googlenet", "inception_v3",
    "mnasnet1_0", "mobilenet_v2", "mobilenet_v3_large", "regnet_x_400mf", "regnet_y_400mf", "resnet18", "resnet50",
    "shufflenet_v2_x1_0", "squeezenet1_1", "vgg11_bn", "vit_b_16", "fcn_resnet50", "lraspp_mobilenet_v3_large"]

for name in dir(torch.nn.init):
    if name.endswith("_") and not name.startswith("_"):
        setattr(torch.nn.init, name, lambda tensor, *args, **kwargs: tensor)


class Log(TorchDispatchMode):
    def __init__(self):
        super().__init__()
        self.seen = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        out = func(*args, **(kwargs or {}))
        self.seen.append(str(func._overloadpacket).removeprefix("aten."))
        return out


out = io.StringIO()
out.write("model,side,operators\n")
for name in MODELS:
    size = SIZES.get(name, 64)
    kwargs = {"image_size": size} if name == "vit_b_16" else {}
    if name in ("googlenet", "inception_v3"):
        kwargs["init_weights"] = False
    if name.startswith(("fcn", "lraspp")):
        kwargs["weights_backbone"] = None
    model = torchvision.models.get_model(name, weights=None, **kwargs).eval()
    log = Log()
    with log:
        model(torch.empty(1, 3, size, size))
    runs = []
    for operator in log.seen:
        if runs and runs[-1][1] == operator:
            runs[-1][0] += 1
        else:
            runs.append([1, operator])
    text = " ".join(operator if count == 1 else f"{count}*{operator}" for count, operator in runs)
    out.write(f"{name},{size},{text}\n")
with open(sys.argv[1], "wb") as file:
    file.write(gzip.compress(out.getvalue().encode("utf-8"), 9, mtime=0))
