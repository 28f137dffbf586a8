"""Check what no notebook can see of itself: `python .github/scripts/check_package.py [names]`.

- `modules`: every exported module has its notebook, imports neither nbdev nor fastcore, and
  imports only modules of earlier chapters.
- `map`: the table of modules in CONTRIBUTING.md is what the imports say; `write-map` writes it.
- `light`: `import node2vec_nb` and `node2vec_nb --help` load none of the heavy libraries, and the
  help page is there in half a second.
Without names all are run. The exit status is 1 when one fails.
"""

import ast
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "node2vec_nb"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
HEAVY = (
    "pandas numba scipy networkx pyarrow pooch keras jax matplotlib sklearn numpy tensorflow torch"
).split()
HAND_WRITTEN = {"__init__.py", "_modidx.py"}


def imported(path):
    "The dotted names a module imports anywhere in its text."
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield f"node2vec_nb.{node.module}" if node.level else node.module


def chapters():
    "Each exported module and the notebook that makes it, None where there is none."
    for path in sorted(PACKAGE.glob("*.py")):
        if path.name in HAND_WRITTEN:
            continue
        made_from = re.search(r"File to edit: \.\./(nbs/\S+\.ipynb)\.", path.read_text("utf-8"))
        there = made_from and (ROOT / made_from[1]).is_file()
        yield path.stem, Path(made_from[1]).name if there else None


def check_modules():
    "Complaints about the exported modules."
    chapter = dict(chapters())
    for stem in [stem for stem, notebook in chapter.items() if not notebook]:
        yield f"{stem}.py: no notebook makes it; delete it or bring its notebook back"
        del chapter[stem]
    for stem, notebook in chapter.items():
        for name in imported(PACKAGE / f"{stem}.py"):
            if name.split(".")[0] in ("nbdev", "fastcore"):
                yield f"{stem}.py imports {name}, which is a tool for development"
            other = name.removeprefix("node2vec_nb.")
            if name.startswith("node2vec_nb.") and chapter.get(other, "") >= notebook:
                yield f"{stem}.py ({notebook}) imports {other}, which no earlier chapter makes"


def module_map():
    "The table of modules: its notebook, what it takes from the package, and from others."
    lines = ["| notebook | module | uses of ours | uses of others |", "| --- | --- | --- | --- |"]
    for stem, notebook in sorted(chapters(), key=lambda pair: str(pair[1])):
        names = set(imported(PACKAGE / f"{stem}.py"))
        ours = sorted(n.split(".")[1] for n in names if n.startswith("node2vec_nb."))
        others = {n.split(".")[0] for n in names} - set(sys.stdlib_module_names) - {"node2vec_nb"}
        lines.append(f"| {notebook} | {stem} | {', '.join(ours)} | {', '.join(sorted(others))} |")
    return "\n".join(lines)


def check_map(write=False):
    "Complaints about the table of modules in CONTRIBUTING.md."
    text = CONTRIBUTING.read_text(encoding="utf-8")
    before, table, after = re.split(
        r"(?<=<!-- modules -->\n)(.*)(?=\n<!-- end -->)", text, flags=re.S
    )
    if write:
        CONTRIBUTING.write_text(before + module_map() + after, encoding="utf-8")
    elif table != module_map():
        yield "CONTRIBUTING.md: its table of modules is old; run check_package.py write-map"


def loaded_by(code):
    "The heavy libraries that a fresh interpreter has loaded after `code`."
    tell = f"import sys; print(*[m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{tell}"], capture_output=True, text=True, check=True
    )
    return run.stderr.split()


def check_light():
    "Complaints about what the package and its help page load, and how long the page takes."
    help_page = (
        "import sys; sys.argv = ['node2vec_nb', '--help']\n"
        "from node2vec_nb.cli import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code"
    )
    for what, code in {"import node2vec_nb": "import node2vec_nb", "--help": help_page}.items():
        if loaded := loaded_by(code):
            yield f"{what} loads {', '.join(loaded)}"
    seconds = []
    for _ in range(7):  # the fastest of several: the machine may be busy with other things
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", help_page], capture_output=True, check=True)
        seconds.append(time.perf_counter() - start)
    if min(seconds) > 0.5:
        yield f"--help takes {min(seconds):.2f} s; the bound is 0.5 s"


def main():
    checks = {"modules": check_modules, "map": check_map, "light": check_light}
    names = sys.argv[1:] or list(checks)
    if names == ["write-map"]:
        sys.exit(any(check_map(write=True)))
    complaints = [complaint for name in names for complaint in checks[name]()]
    print("\n".join(complaints) or f"{', '.join(names)}: nothing to complain about")
    sys.exit(bool(complaints))


main()
