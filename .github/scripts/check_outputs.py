"""Are the outputs in the notebooks true? `python .github/scripts/check_outputs.py [NOTEBOOK ...]`.

Runs the notebooks again (all but those of `nbs/bench/`, which hold timings) and compares what each
cell says with what is committed. Words, whole numbers and hashes must be the same; numbers with a
decimal point may differ as much as arithmetic on another processor makes them. Of a picture its
kind, its size and its description count. Cells behind a flag are not run and keep what they say.
"""

import base64
import json
import math
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from configparser import ConfigParser
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"-?\d+\.\d*(?:e[+-]?\d+)?|-?\d+e[+-]?\d+")
RELATIVE, ABSOLUTE = 0.05, 0.02


def flags():
    "The flags behind which cells are left out of a plain test run."
    settings = ConfigParser(delimiters=["="], interpolation=None)
    settings.read(ROOT / "settings.ini", encoding="utf-8")
    return settings["DEFAULT"]["tst_flags"].split()


def left_out(source):
    "Whether a plain test run leaves a cell out."
    told = [line[2:].strip() for line in source.splitlines() if line.startswith("#|")]
    return bool({*flags(), "eval: false"} & set(told))


def size(kind, data):
    "Width and height of a picture, in its own units."
    if kind == "image/png":
        raw = base64.b64decode(data)
        return int.from_bytes(raw[16:20], "big"), int.from_bytes(raw[20:24], "big")
    return tuple(re.findall(r'(?:width|height)="([\d.]+)', data)[:2])


def said(outputs):
    "What the outputs of a cell say, as one text; of a picture, its kind, size and description."
    parts = []
    for output in outputs:
        if output["output_type"] == "stream":
            parts.append(output["text"] if output["name"] == "stdout" else "")
            continue
        data = output.get("data", {})
        kind = next((k for k in ("image/svg+xml", "image/png") if k in data), None)
        if kind:
            alt = output["metadata"].get(kind, {}).get("alt", "")
            parts.append(f"{kind} {size(kind, data[kind])} {alt}")
        else:
            parts.append(data.get("text/plain", ""))
    return "\n".join(part.rstrip() for part in parts)


def alike(one, other):
    "Whether two texts are the same, up to small differences of numbers with a point."
    if NUMBER.sub("#", one).split() != NUMBER.sub("#", other).split():
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(
        math.isclose(float(a), float(b), rel_tol=RELATIVE, abs_tol=ABSOLUTE) for a, b in pairs
    )


def check(path):
    "Complaints about one notebook."
    committed = nbformat.read(path, 4)
    again = nbformat.from_dict(json.loads(json.dumps(committed)))
    skipped = [cell.cell_type != "code" or left_out(cell.source) for cell in again.cells]
    for cell, skip in zip(again.cells, skipped, strict=True):
        if skip and cell.cell_type == "code":
            cell.source = ""
    try:
        NotebookClient(
            again,
            timeout=1800,
            kernel_name="python3",
            resources={"metadata": {"path": path.parent}},
        ).execute()
    except CellExecutionError as error:
        return [f"{path.relative_to(ROOT)}: does not run: {str(error)[-1000:]}"]
    complaints = []
    for was, now, skip in zip(committed.cells, again.cells, skipped, strict=True):
        if not skip and not alike(said(was.outputs), said(now.outputs)):
            complaints.append(
                f"{path.relative_to(ROOT)}, cell that begins {was.source[:60]!r}\n"
                f"  committed: {said(was.outputs)[:600]}\n  now:       {said(now.outputs)[:600]}"
            )
    return complaints


def main():
    named = [Path(name).resolve() for name in sys.argv[1:]]
    found = sorted(p for p in (ROOT / "nbs").rglob("[!_.]*.ipynb") if p.parent.name != "bench")
    with ThreadPoolExecutor(2) as pool:
        complaints = [line for lines in pool.map(check, named or found) for line in lines]
    print("\n".join(complaints) or f"{len(named or found)} notebooks say what they said")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    main()
