"""Exports random networks, LINE.strict.pt2 and LINE.nonstrict.pt2: python3 export.py networks.jsonl FOLDER"""

import json
import os
import sys

import torch

import networks


def main(lines, folder):
    for number, line in enumerate(open(lines), 1):
        description = json.loads(line)["network"]
        module, x = networks.module(description), torch.rand(description["input"]) + 0.5
        for mode in ["strict", "nonstrict"]:
            try:
                program = torch.export.export(module, (x,), strict=mode == "strict")
            except Exception as problem:
                print(number, mode, type(problem).__name__, file=sys.stderr)
                continue
            torch.export.save(program, os.path.join(folder, "%d.%s.pt2" % (number, mode)))


main(*sys.argv[1:])
