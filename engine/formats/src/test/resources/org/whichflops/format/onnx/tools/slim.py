"""Blanks the weights of ONNX files in place and keeps what counting needs.

    python slim.py FILE.onnx...        (onnx installed)

Real numbers of more than 64 elements are said to lie in a file that is not there, with their sizes; whole numbers
stay, since shapes are made of them. Stack traces and doc strings, which name files of the machine, go.
"""
import sys
import onnx
from onnx import TensorProto

DROPPED = ("pkg.torch.onnx.stack_trace", "pkg.torch.onnx.fx_node", "namespace", "pkg.torch.onnx.original_node_name")


def blank(tensor):
    count = 1
    for size in tensor.dims:
        count *= size
    if count <= 64 or tensor.data_type in (TensorProto.INT64, TensorProto.INT32, TensorProto.BOOL):
        return
    for field in ("raw_data", "float_data", "int32_data", "double_data", "external_data"):
        tensor.ClearField(field)
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "weights_removed.bin"


def graph(g):
    for tensor in g.initializer:
        blank(tensor)
    for node in g.node:
        clean(node)
    g.doc_string = ""
    del g.metadata_props[:]
    for value in list(g.value_info) + list(g.input) + list(g.output):
        del value.metadata_props[:]


def clean(node):
    node.doc_string = ""
    for prop in [p for p in node.metadata_props if p.key in DROPPED]:
        node.metadata_props.remove(prop)
    for attribute in node.attribute:
        if attribute.HasField("t"):
            blank(attribute.t)
        if attribute.HasField("g"):
            graph(attribute.g)


def slim(path):
    model = onnx.load(path, load_external_data=False)
    model.doc_string = ""
    graph(model.graph)
    for function in model.functions:
        for node in function.node:
            clean(node)
    with open(path, "wb") as out:
        out.write(model.SerializeToString(deterministic=True))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        slim(name)
