"""Asks tools what they count in random networks: python3 record.py TOOLS FIRST LAST >> networks.jsonl

TOOLS has a folder for each convention, of its id, with the tool's code; a tool without one is left out. A line holds a
network and each tool's number, null where the tool fails or returns None. Networks that do not run where gradients are
recorded, as most tools run them, are left out.
"""

import collections
import contextlib
import importlib
import io
import json
import logging
import os
import sys
import types
import warnings

import torch

import networks


def run(description):
    return networks.module(description), torch.rand(description["input"]) + 0.5


# Each imports a tool and returns what counts a network with it.


def thop():
    collections.Iterable = collections.abc.Iterable  # which versions of 2020 ask for
    profile = importlib.import_module("thop").profile

    def count(description):
        model, x = run(description)
        return profile(model, (x,))[0]

    return count


def ptflops(**options):
    complexity = importlib.import_module("ptflops").get_model_complexity_info

    def count(description):
        model, x = run(description)
        quiet = dict(as_strings=False, print_per_layer_stat=False)
        return complexity(model, tuple(x.shape[1:]), input_constructor=lambda shape: x, **quiet, **options)[0]

    return count


def fvcore():
    analysis = importlib.import_module("fvcore.nn").FlopCountAnalysis
    return lambda description: analysis(*run(description)).total()


def torchinfo():
    summary = importlib.import_module("torchinfo").summary

    def count(description):
        model, x = run(description)
        return summary(model, input_data=x, verbose=0).total_mult_adds

    return count


def torchprofile():
    profile = importlib.import_module("torchprofile").profile_macs
    return lambda description: profile(*run(description))


def flop_counter_mode():
    mode = importlib.import_module("torch.utils.flop_counter").FlopCounterMode

    def count(description):
        with torch.device("meta"):
            model, x = run(description)
        with mode(display=False) as counter:
            model(x)
        return counter.get_total_flops()

    return count


def calflops(which=0):
    package("calflops")  # whose own __init__ asks for transformers
    calculate = importlib.import_module("calflops.flops_counter").calculate_flops

    def count(description):
        model, x = run(description)
        return calculate(model, args=[x], print_results=False, output_as_string=False)[which]

    return count


def deepspeed(which=0):
    for name in ["", ".accelerator", ".utils", ".utils.timer", ".utils.torch", ".moe", ".moe.layer", ".profiling"]:
        package("deepspeed" + name)
    sys.modules["deepspeed.accelerator"].get_accelerator = Anything
    sys.modules["deepspeed.utils"].logger = logging.getLogger()
    sys.modules["deepspeed.utils.torch"].required_torch_version = lambda **version: True
    sys.modules["deepspeed.moe.layer"].MoE = type("MoE", (), {})
    for name in ["FORWARD", "BACKWARD", "STEP"]:
        setattr(sys.modules["deepspeed.utils.timer"], name + "_GLOBAL_TIMER", name)
    profile = importlib.import_module("deepspeed.profiling.flops_profiler.profiler").get_model_profile

    def count(description):
        model, x = run(description)
        return profile(model, args=[x], print_profile=False, detailed=False, as_string=False, warm_up=0)[which]

    return count


class Anything:
    def __getattr__(self, name):
        return lambda *given, **named: None


def package(name):
    """A package without its __init__, which would ask for more than what counts."""
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [os.path.join(folder, *name.split(".")) for folder in sys.path]


TOOLS = {
    "thop": thop,
    "thop-0.1.0": thop,
    "thop-0.0.31": thop,
    "thop-2019-09": thop,
    "ptflops": ptflops,
    "ptflops-aten": lambda: ptflops(backend="aten"),
    "ptflops-0.7.4": ptflops,
    "ptflops-0.7.2.2": ptflops,
    "fvcore": fvcore,
    "torchinfo": torchinfo,
    "torchinfo-master": torchinfo,
    "torchprofile": torchprofile,
    "torch-flop-counter": flop_counter_mode,
    "calflops": calflops,
    "calflops-macs": lambda: calflops(1),
    "deepspeed": deepspeed,
    "deepspeed-macs": lambda: deepspeed(1),
}


def forked(work):
    """What work returns, in a process of its own: some tools leave functions of torch replaced behind them."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        answer = None
        with contextlib.suppress(BaseException), contextlib.redirect_stdout(io.StringIO()):
            with contextlib.redirect_stderr(io.StringIO()):
                answer = work()
        with os.fdopen(writing, "w") as pipe:
            json.dump(answer, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        text = answer.read()
    os.wait()
    return json.loads(text)


def ask(folder, tool, descriptions):
    """What a tool says of each network."""
    sys.path.insert(0, folder)
    count = tool()

    def number(description):
        answer = count(description)
        return None if answer is None else int(answer)

    return [forked(lambda: number(description)) for description in descriptions]


def runs(description):
    try:
        model, x = run(description)
        model(x)
        return True
    except RuntimeError:
        return False


def main(tools, first, last):
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)
    torch.set_num_threads(1)
    descriptions = [networks.Network(seed).description() for seed in range(int(first), int(last))]
    descriptions = [description for description in descriptions if runs(description)]
    counts = {}
    for name, tool in TOOLS.items():
        folder = os.path.join(tools, name)
        if os.path.isdir(folder):
            counts[name] = forked(lambda: ask(folder, tool, descriptions))
    for i, description in enumerate(descriptions):
        print(json.dumps({"network": description, "counts": {name: all[i] for name, all in counts.items()}}))


main(*sys.argv[1:])
