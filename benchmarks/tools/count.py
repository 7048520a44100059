"""What a Python tool counts: python3 - TOOL MODEL,... SIZE,... <count.py

Prints CSV, a row for each of torchvision's classification models and each size of one square image: model,size,value,
note. The value is empty where the tool fails; note says how. A tool is named as Whichflops names its convention, and is
used as its README shows, with a model in evaluation and without a table for each layer.

"python3 - versions" prints the tools that are installed; "python3 - models" torchvision's names.
"""
import csv
import importlib.metadata
import importlib.util
import os
import sys
import tempfile
import warnings

# Convention: (package to import, distribution that it comes in).
TOOLS = {
    "thop": ("thop", "thop"),
    "ptflops": ("ptflops", "ptflops"),
    "ptflops-aten": ("ptflops", "ptflops"),
    "fvcore": ("fvcore", "fvcore"),
    "torchinfo": ("torchinfo", "torchinfo"),
    "torch-flop-counter": ("torch", "torch"),
    "onnx-tool": ("onnx_tool", "onnx-tool"),
}


def image(size):
    import torch

    return torch.randn(1, 3, size, size)


def on_cpu(name):
    import torchvision

    return torchvision.models.get_model(name).eval()


def on_meta(name):
    """Without data; a few models need values of tensors to be built."""
    import torch

    try:
        with torch.device("meta"):
            return on_cpu(name)
    except (RuntimeError, NotImplementedError):
        return on_cpu(name).to("meta")


def thop(model, size):
    from thop import profile

    return profile(model, inputs=(image(size),), verbose=False)[0]


def ptflops(model, size, backend="pytorch"):
    from ptflops import get_model_complexity_info

    macs, _ = get_model_complexity_info(
        model, (3, size, size), as_strings=False, print_per_layer_stat=False, backend=backend
    )
    if macs is None:
        raise ValueError("ptflops printed an error and returned nothing")
    return macs


def ptflops_aten(model, size):
    return ptflops(model, size, backend="aten")


def fvcore(model, size):
    from fvcore.nn import FlopCountAnalysis

    analysis = FlopCountAnalysis(model, image(size))
    return analysis.unsupported_ops_warnings(False).uncalled_modules_warnings(False).total()


def torchinfo(model, size):
    from torchinfo import summary

    return summary(model, input_size=(1, 3, size, size), verbose=0).total_mult_adds


def torch_flop_counter(model, size):
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        model(image(size).to("meta"))
    return counter.get_total_flops()


def onnx_tool(model, size):
    import onnx_tool as tool
    import torch

    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "model.onnx")
        # With gradients, unlike its README: without, attention takes a fast path that cannot be exported.
        torch.onnx.export(model, image(size), file, opset_version=17)
        graph = tool.loadmodel(file, {"verbose": False}).graph
        graph.graph_reorder_nodes()
        graph.shape_infer()
        graph.profile()
        return round(graph.macs[0])


def count(tool, names, sizes):
    build = on_meta if tool == "torch-flop-counter" else on_cpu
    counter = globals()[tool.replace("-", "_")]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # tools chat, and so does torch's C++
    table = csv.writer(answers, lineterminator="\n")
    table.writerow(["model", "size", "value", "note"])
    for name in names:
        model = build(name)
        for size in sizes:
            value, note = "", ""
            try:
                value = int(counter(model, size))
            except Exception as failure:  # whatever a tool throws at an input that it cannot take
                note = f"{type(failure).__name__}: {failure}".splitlines()[0]
            table.writerow([name, size, value, note])
    answers.close()


def versions():
    for tool, (package, distribution) in TOOLS.items():
        if importlib.util.find_spec(package):
            print(tool, importlib.metadata.version(distribution))


def models():
    import torchvision

    print(*torchvision.models.list_models(module=torchvision.models), sep="\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    if sys.argv[1] == "versions":
        versions()
    elif sys.argv[1] == "models":
        models()
    else:
        count(sys.argv[1], sys.argv[2].split(","), [int(size) for size in sys.argv[3].split(",")])
