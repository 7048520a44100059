"""Packs recorded results into this module's resources; python3 pack.py FOLDER [CONVENTION...].

FOLDER holds totals.csv, layer-cases.csv, other-models.csv and layers/<convention>/<model>_<batch>x<height>x<width>[_<variant>].csv, and
beside some of these .ops.csv. The layers of the given conventions are packed, or, with none given, those of the
conventions packed before. Values are copied as they are; columns that repeat others are left out. The same input gives
the same bytes.
"""
import csv
import gzip
import io
import pathlib
import re
import sys

RESOURCES = pathlib.Path(__file__).parent / "src/main/resources/org/whichflops/golden"
FILE = re.compile(r"(?P<model>.+)_(?P<batch>\d+)x(?P<height>\d+)x(?P<width>\d+)(_(?P<variant>\w+))?(?P<ops>\.ops)?\.csv")


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def write(path, columns, rows):
    text = io.StringIO()
    table = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), 9, mtime=0))
    print(path.relative_to(RESOURCES), path.stat().st_size)


def layers(folder, ops):
    for path in sorted(folder.iterdir()):
        name = FILE.fullmatch(path.name)
        if name and bool(name["ops"]) == ops:
            place = {key: value or "" for key, value in name.groupdict().items()}
            for row in read(path):
                yield {**place, **row}


def main(folder, conventions):
    write(
        RESOURCES / "totals.csv.gz",
        ["model", "batch", "height", "width", "convention", "quantity", "value", "params", "note"],
        read(folder / "totals.csv"),
    )
    write(
        RESOURCES / "layer-cases.csv.gz",
        ["convention", "case", "constructor", "input_shape", "quantity", "value", "params", "note"],
        ({**row, "value": row["macs_or_flops"]} for row in read(folder / "layer-cases.csv")),
    )
    known = sorted({path.name.removesuffix(".csv.gz") for path in RESOURCES.glob("*/*.csv.gz")})
    write(
        RESOURCES / "other-models.csv.gz",
        ["model", "source", "input", "convention", "quantity", "value", "params", "note"],
        read(folder / "other-models.csv"),
    )
    place = ["model", "batch", "height", "width", "variant", "module_path"]
    columns = {
        "layers": [*place, "module_class", "output_shape", "quantity", "count", "params", "note"],
        "operators": [*place, "operator", "count"],
    }
    for convention in conventions or known:
        for kind, names in columns.items():
            rows = list(layers(folder / "layers" / convention, ops=kind == "operators"))
            if rows:
                write(RESOURCES / kind / f"{convention}.csv.gz", names, rows)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2:])
