"""Prints what torchstat prints for one model in a process of its own.

PYTHONPATH=<a checkout of torchstat>:<the folder of handmade.py> UCX_LOG_LEVEL=fatal python3 record.py MODEL > MODEL.txt
"""
import sys

import pandas
import torch
import torchvision
from torchstat import stat

torch.set_num_threads(1)
# torchstat is of the time before pandas 2, which took the method's name away but not the method
pandas.DataFrame.append = pandas.DataFrame._append
name = sys.argv[1]
if name[0].isupper():
    import handmade

    stat(getattr(handmade, name)(), (6, 16, 16))
else:
    stat(torchvision.models.get_model(name), (3, 224, 224))
