"""Check what no notebook can see of itself: `python .github/scripts/check_package.py [names]`.

- `modules`: every exported module has its notebook, imports neither nbdev nor fastcore, and
  imports only modules of earlier chapters.
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


def check_modules():
    "Complaints about the exported modules."
    chapter = {}
    for path in sorted(PACKAGE.glob("*.py")):
        if path.name in HAND_WRITTEN:
            continue
        made_from = re.search(r"File to edit: \.\./(nbs/\S+\.ipynb)\.", path.read_text("utf-8"))
        if not made_from or not (ROOT / made_from[1]).is_file():
            yield f"{path.name}: no notebook makes it; delete it or bring its notebook back"
            continue
        chapter[path.stem] = Path(made_from[1]).name
    for stem, notebook in chapter.items():
        for name in imported(PACKAGE / f"{stem}.py"):
            if name.split(".")[0] in ("nbdev", "fastcore"):
                yield f"{stem}.py imports {name}, which is a tool for development"
            other = name.removeprefix("node2vec_nb.")
            if name.startswith("node2vec_nb.") and chapter.get(other, "") >= notebook:
                yield f"{stem}.py ({notebook}) imports {other}, which no earlier chapter makes"


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
    checks = {"modules": check_modules, "light": check_light}
    names = sys.argv[1:] or list(checks)
    complaints = [complaint for name in names for complaint in checks[name]()]
    print("\n".join(complaints) or f"{', '.join(names)}: nothing to complain about")
    sys.exit(bool(complaints))


main()
