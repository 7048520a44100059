"""Writes what a tool prints for one model, as the modules of the conventions have it in their folders text/.

PYTHONPATH=<a checkout of the tool>:<the folder of handmade.py> UCX_LOG_LEVEL=fatal python3 record.py TOOL MODEL FOLDER

TOOL is a convention's id, and the checkout is of its version; MODEL is one of torchvision or a class of handmade.py.
Old versions need stand-ins for what Python and pandas have dropped (distutils, collections.Iterable, DataFrame.append).
"""
import contextlib
import inspect
import io
import logging
import pathlib
import sys

import torch
import torchvision

tool, name, folder = sys.argv[1:4]
handmade = name[0].isupper()
shape = (1, 6, 16, 16) if handmade else (1, 3, 224, 224)
torch.set_num_threads(1)


def build():
    if handmade:
        import handmade as models

        return getattr(models, name)().eval()
    return torchvision.models.get_model(name).eval()


def save(variant, text):
    (pathlib.Path(folder) / f"{name}{variant}.txt").write_text(text)


def printed(action):
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        action()
    return text.getvalue()


def ptflops():
    from ptflops import get_model_complexity_info as info
    try:
        from ptflops.utils import flops_to_string, params_to_string
    except ImportError:
        from ptflops.flops_counter import flops_to_string, params_to_string
    options = {"verbose": True} if "verbose" in inspect.signature(info).parameters else {}
    if tool.endswith("aten"):
        options["backend"] = "aten"
    result = info(model, shape[1:], as_strings=False, ost=sys.stdout, **options)
    print("\nreturn value with as_strings=False:", result)
    print("flops_to_string():", flops_to_string(result[0]))
    print("params_to_string():", params_to_string(result[1]), end="\n\n")


def thop():
    from thop import clever_format, profile

    with torch.no_grad():
        result = profile(model, inputs=(x,), verbose=True)
    print("profile() returned:", result)
    print("clever_format(.., '%.3f'):", clever_format(result, "%.3f"), end="\n\n")


def torchinfo():
    from torchinfo import summary

    columns = ("input_size", "output_size", "num_params", "kernel_size", "mult_adds")
    for variant, options in {
        "default": {"input_size": shape},
        "cols": {"input_size": shape, "col_names": columns},
        "depth5_varnames": {"input_size": shape, "col_names": (*columns, "trainable"), "depth": 5,
                            "row_settings": ("depth", "var_names")},
        "noinput": {},
    }.items():
        save(f".summary_{variant}", f"{summary(build(), verbose=0, **options)}\n")


def model_summary():
    from pytorch_model_summary import summary

    with torch.no_grad():
        for a in (False, True):
            for b in (False, True):
                text = summary(build(), x, show_input=a, show_hierarchical=b)
                save(f".show_input={a}_show_hierarchical={b}", text + "\n")
        deep = {"max_depth": None, "show_parent_layers": True}
        save(".max_depth=None_show_parent_layers=True", summary(build(), x, **deep) + "\n")
        text = summary(build(), x, **deep, batch_size=1)
        save(".max_depth=None_show_parent_layers=True_batch_size=1", text + "\n")


def flop_counter():
    from torch.utils.flop_counter import FlopCounterMode

    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        model(x)
    save(".get_table_default", counter.get_table() + "\n")
    save(".get_table_depth999", counter.get_table(999) + "\n")


def fvcore():
    from fvcore.nn import FlopCountAnalysis, flop_count_str, flop_count_table, parameter_count_table

    lines = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    logging.getLogger("fvcore.nn.jit_analysis").addHandler(handler)
    analysis = FlopCountAnalysis(model, (x,))
    analysis.total()
    save(".warnings", "\n".join(lines) + "\n\n")
    save(".flop_count_table", flop_count_table(analysis) + "\n")
    save(".flop_count_table_depth10", flop_count_table(analysis, max_depth=10) + "\n")
    save(".flop_count_str", flop_count_str(analysis) + "\n")
    save(".by_operator", f"{analysis.by_operator()}\n")
    save(".parameter_count_table", parameter_count_table(model) + "\n")


def mmengine():
    from mmengine.analysis import get_model_complexity_info

    result = get_model_complexity_info(model, shape[1:])
    save(".out_table", result["out_table"] + "\n")
    save(".out_arch", result["out_arch"] + "\n")


def calflops():
    from calflops.flops_counter import calculate_flops

    calculate_flops(model, input_shape=shape)
    print()


def deepspeed():
    from deepspeed.profiling.flops_profiler import get_model_profile

    get_model_profile(model, input_shape=shape)
    print()


def pthflops():
    from pthflops import count_ops

    count_ops(model, x)
    print()


x = torch.rand(shape)
model = build()
PRINTING = {"ptflops": ptflops, "thop": thop, "calflops": calflops, "deepspeed": deepspeed, "pthflops": pthflops}
SAVING = {"torchinfo": torchinfo, "pytorch-model-summary": model_summary, "torch-flop-counter": flop_counter,
          "fvcore": fvcore, "mmengine": mmengine}
if tool in SAVING or tool == "torchinfo-master":
    SAVING[tool.removesuffix("-master")]()
else:
    save("", printed(PRINTING[tool.split("-")[0]]))
