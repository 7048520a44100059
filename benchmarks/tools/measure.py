"""Whichflops beside the Python tools, as whole processes: python3 benchmarks/tools/measure.py --help

Each tool in turn, in pairs of runs (ours, theirs, ours, theirs, ...): one answer, then torchvision's classification
models at several sizes. Prints a Markdown table of ratios, and compares every number. A tool that is not installed is
skipped. Exit status 1 where numbers differ.
"""
import argparse
import csv
import io
import os
import pathlib
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
COUNT = pathlib.Path(__file__).with_name("count.py")
OURS = [str(ROOT / "whichflops")]
TOOLS = ["thop", "ptflops", "ptflops-aten", "fvcore", "torchinfo", "torch-flop-counter", "onnx-tool"]


class Run(NamedTuple):
    wall: float
    processor: float
    mebibytes: float
    output: str


def run(command, source=os.devnull):
    """A process from start to end, with what it waited for."""
    with open(source, encoding="utf-8") as given, tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=given, stdout=out, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        if process.returncode != 0:
            raise RuntimeError(f"exit status {process.returncode}: {' '.join(command)[:200]}")
        return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read())


def ours(tool, models, sizes):
    sizes = ",".join(map(str, sizes))
    return OURS + ["compare", *models, "--resolution", sizes, "-c", tool, "--format", "csv"]


def values(text, size, value):
    """Counts by model and size; None where there is none."""
    rows = csv.DictReader(io.StringIO(text))
    return {(row["model"], int(row[size])): int(row[value]) if row[value] else None for row in rows}


def differences(tool, our, their):
    our, their = values(our.output, "height", tool), values(their.output, "size", "value")
    assert our.keys() == their.keys()
    for key in sorted(their):
        if our[key] != their[key]:
            yield f"{tool}: {key[0]} at {key[1]}: Whichflops {our[key]}, the tool {their[key]}"


def spread(numbers, digits=0):
    middle = f"{statistics.median(numbers):.{digits}f}"
    return middle if len(numbers) == 1 else f"{middle} ({min(numbers):.{digits}f} to {max(numbers):.{digits}f})"


def measure(python, tool, models, sizes, pairs, warm_up):
    """A row of the table, and what differs."""
    our_command = ours(tool, models, sizes)
    their_command = [*python, "-", tool, ",".join(models), ",".join(map(str, sizes))]
    runs = [(run(our_command), run(their_command, COUNT)) for _ in range(pairs + warm_up)][warm_up:]
    our, their = runs[-1]
    wrong = list(differences(tool, our, their))
    counted = [value for value in values(their.output, "size", "value").values() if value is not None]
    cells = [
        tool,
        f"{statistics.median(a.wall for a, _ in runs):.2f} s",
        f"{statistics.median(b.wall for _, b in runs):.1f} s",
        spread([b.wall / a.wall for a, b in runs]),
        spread([b.processor / a.processor for a, b in runs]),
        f"{our.mebibytes:.0f} / {their.mebibytes:.0f} MiB",
        f"{len(counted)} of {len(models) * len(sizes)}",
        f"{len(wrong)} differ" if wrong else "all",
    ]
    print(f"| {' | '.join(cells)} |", flush=True)
    return wrong


def heading(title):
    print(f"\n{title}\n")
    print("| tool | ours | theirs | wall, theirs / ours | processor time | memory, ours / theirs | counted | equal |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        processor = next(line.split(": ")[1].strip() for line in file if line.startswith("model name"))
    java = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[0]
    load = os.getloadavg()[0]
    return f"{processor}, {os.cpu_count()} cores, {platform.system()}; {java}; load at the start {load:.1f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[1])
    parser.add_argument("--python", default="python3", help="the Python that has torch, torchvision and the tools")
    parser.add_argument("--tools", default=",".join(TOOLS), help="conventions, default: %(default)s")
    parser.add_argument("--model", default="resnet50", help="for one answer, default: %(default)s")
    parser.add_argument("--sizes", default="224,256,288,320", help="for the table, default: %(default)s")
    parser.add_argument("--pairs", type=int, default=5, help="of one answer, after a pair that is not counted")
    parser.add_argument("--zoo-pairs", type=int, default=1, help="of the table; 0 leaves it out")
    given = parser.parse_args()
    python = shlex.split(given.python)

    run(OURS + ["--version"])  # builds it
    installed = dict(line.split() for line in run([*python, "-", "versions"], COUNT).output.splitlines())
    tools = [tool for tool in given.tools.split(",") if tool in installed]
    for tool in given.tools.split(","):
        if tool not in installed:
            print(f"{tool}: not installed, skipped", file=sys.stderr)
    if not tools:
        sys.exit("no tool is installed in the Python given")
    print(f"{machine()}; " + ", ".join(f"{tool} {installed[tool]}" for tool in tools))

    wrong = []
    heading(f"One answer: {given.model} at 224, {given.pairs} pairs")
    for tool in tools:
        wrong += measure(python, tool, [given.model], [224], given.pairs, warm_up=1)
    if given.zoo_pairs:
        listed = csv.DictReader(io.StringIO(run(OURS + ["models", "--format", "csv"]).output))
        known = {row["model"] for row in listed}
        models = [name for name in run([*python, "-", "models"], COUNT).output.split() if name in known]
        sizes = [int(size) for size in given.sizes.split(",")]
        heading(f"{len(models)} models at {given.sizes}, {given.zoo_pairs} pairs")
        for tool in tools:
            wrong += measure(python, tool, models, sizes, given.zoo_pairs, warm_up=0)
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
