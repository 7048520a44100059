"""Writes what Python prints for the layer cases that are one layer: python3 layer_reprs.py layer-cases.csv layer-reprs.csv.gz"""
import csv
import gzip
import io
import sys

import torch
import torchvision
from torch import nn

cases = {}
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    cases[row["case"]] = row["constructor"]
out = io.StringIO()
table = csv.writer(out, lineterminator="\n")
table.writerow(["case", "repr"])
for case, constructor in cases.items():
    try:
        layer = eval(constructor)
    except Exception as error:
        print(case, constructor, error, file=sys.stderr)
        continue
    if isinstance(layer, nn.Module):
        table.writerow([case, repr(layer).replace("\n", "\\n")])
with open(sys.argv[2], "wb") as file:
    file.write(gzip.compress(out.getvalue().encode("utf-8"), 9, mtime=0))
