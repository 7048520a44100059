"""Writes what print(model) shows for torchvision's models: python3 reprs.py reprs.txt.gz"""
import gzip
import io
import sys

import torch
import torchvision
from torchvision.models import list_models

for name in dir(torch.nn.init):
    if name.endswith("_") and not name.startswith("_"):
        setattr(torch.nn.init, name, lambda tensor, *args, **kwargs: tensor)  # values do not matter, time does

out = io.StringIO()
for module in (torchvision.models, torchvision.models.segmentation, torchvision.models.video):
    for name in list_models(module=module):
        kwargs = {"weights_backbone": None} if module is torchvision.models.segmentation else {}
        if name in ("googlenet", "inception_v3"):
            kwargs["init_weights"] = False
        model = torchvision.models.get_model(name, weights=None, **kwargs)
        out.write(f"=== {name}\n{model!r}\n")
with open(sys.argv[1], "wb") as file:
    file.write(gzip.compress(out.getvalue().encode("utf-8"), 9, mtime=0))
