"""Check what no notebook can see of itself: `python .github/scripts/check_package.py [names]`.

- `modules`: every module has its notebook, imports neither nbdev nor fastcore, and imports only from
  lower layers or earlier notebooks of its own folder, also inside functions and by name.
- `names`: no module-level name is defined twice, no underscore name is used by another module, and
  the public names are at most 45 at the top of the package and 120 in all.
- `docstrings`: every public function, class and method has a numpydoc docstring that names each of its
  parameters.
- `notebooks`: numbers in a folder run from 00 without gaps; the six chapters from 00 to 05 have at most
  9,000 words and 270 cells together, and can install the package where they are opened.
- `map`: the table of modules in CONTRIBUTING.md is what the imports say; `write-map` writes it.
- `light`: `import node2vec_nb`, `node2vec_nb --help` and the import of a few modules load none of the
  libraries they do not need.
Without names all are run. The exit status is 1 when one fails.
"""

import ast
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE, NBS = ROOT / "node2vec_nb", ROOT / "nbs"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
HAND_WRITTEN = {"__init__.py", "_modidx.py", "__main__.py"}
# From the bottom to the top. A module may import from its own layer if that comes earlier in the order of
# reading, and from any layer before its own.
LAYERS = (
    {"io"},
    {"kernels"},
    {"data", "graph", "walks", "sampling", "model", "analysis"},
    {"training"},
    {"evaluation", "plots"},
    {"node2vec"},
    {"apps", "spark"},
    {"cli"},
)
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
HEAVY = (
    "pandas numba scipy networkx pyarrow pooch keras jax matplotlib sklearn numpy tensorflow torch"
).split()
LIGHT = {  # what may be imported, and which of the heavy libraries it must not load
    "import node2vec_nb": set(HEAVY),
    "import node2vec_nb.walks": {"networkx", "keras", "jax", "matplotlib", "sklearn", "pooch"},
    "from node2vec_nb import Embeddings": {"networkx", "keras", "jax", "matplotlib", "pooch"},
    "import node2vec_nb.kernels.nearest": {"networkx", "keras", "jax", "sklearn", "numba"},
}
MAIN_LINE = [f"{number:02d}_" for number in range(6)]
MOST_WORDS, MOST_CELLS, MOST_AT_TOP, MOST_PUBLIC = 9_000, 270, 45, 120
INSTALL = '%pip install -q "node2vec_nb[dev]"'


def name_of(path):
    "The dotted name of a module, without that of the package."
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def modules():
    "The exported modules: name to syntax tree and notebook, None where no notebook makes it."
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name in HAND_WRITTEN:
            continue
        text = path.read_text(encoding="utf-8")
        made_from = re.search(r"File to edit: (?:\.\./)+(nbs/\S+\.ipynb)\.", text)
        there = made_from and (ROOT / made_from[1]).is_file()
        found[name_of(path)] = ast.parse(text), made_from[1][4:] if there else None
    return found


def imported(module, tree):
    "The dotted names a module imports anywhere in its text, also by name, and what it takes from each."
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = module.split(".")[: -node.level]
                base = ".".join(["node2vec_nb", *above, *filter(None, [node.module])])
            yield from ((base, alias.name) for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if re.fullmatch(r"node2vec_nb(\.\w+)+", node.value):
                yield node.value, ""


def ours(module, tree, known):
    "The modules of this package that a module imports, and the names it takes from them."
    for name, part in imported(module, tree):
        short = name.removeprefix("node2vec_nb.")
        if name.startswith("node2vec_nb.") and short in known:
            yield short, part
        elif name == "node2vec_nb" or f"{short}.{part}" in known:
            yield (f"{short}.{part}" if f"{short}.{part}" in known else ""), part


def check_modules():
    "Complaints about where modules come from and what they import."
    known = modules()
    for module, (tree, notebook) in known.items():
        if not notebook:
            yield f"{module}: no notebook makes it; delete it or bring its notebook back"
            continue
        folder = module.split(".")[0]
        if folder not in LAYER:
            yield f"{module}: {folder} is in no layer"
            continue
        for name, _ in imported(module, tree):
            if name.split(".")[0] in ("nbdev", "fastcore"):
                yield f"{module} imports {name}, which is a tool for development"
        found = {other for other, part in ours(module, tree, known) if part != "__version__"}
        for other in found - {module}:
            theirs = other.split(".")[0]
            if not other:
                yield f"{module} imports from the top of the package; name the module"
            elif LAYER.get(theirs, 99) > LAYER[folder]:
                yield f"{module} imports {other}, which is above it"
            elif LAYER.get(theirs) == LAYER[folder] and (known[other][1] or "") >= notebook:
                yield f"{module} ({notebook}) imports {other}, which is not before it"


def public_names(tree):
    "What `__all__` lists."
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            return ast.literal_eval(node.value)
    return []


def defined_names(tree):
    "The functions, classes and constants at the level of the module."
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def check_names():
    "Complaints about names."
    known, homes, public = modules(), defaultdict(set), 0
    for module, (tree, _) in known.items():
        for name in set(defined_names(tree)) - {"__all__", "_all_", "_"}:
            homes[name].add(module)
        public += len(public_names(tree))
        for other, part in ours(module, tree, known):
            if part.startswith("_") and part != "__version__":
                yield f"{module} imports {part}, which belongs to {other} alone"
    for name, where in sorted(homes.items()):
        if len(where) > 1:
            yield f"{name} is defined in {', '.join(sorted(where))}"
    if public > MOST_PUBLIC:
        yield f"{public} public names; at most {MOST_PUBLIC}"
    sys.path.insert(0, str(ROOT))
    import node2vec_nb

    if len(node2vec_nb.__all__) > MOST_AT_TOP:
        yield f"{len(node2vec_nb.__all__)} names at the top; at most {MOST_AT_TOP}"


def public_things():
    "Every public function, class and method: its name and itself."
    import importlib
    import inspect

    for module, (tree, _) in modules().items():
        for name in public_names(tree):
            thing = getattr(importlib.import_module(f"node2vec_nb.{module}"), name)
            if not callable(thing):
                continue
            yield f"{module}.{name}", thing
            for part, method in vars(thing).items() if inspect.isclass(thing) else ():
                function = getattr(method, "__func__", method)
                if inspect.isfunction(function) and not part.startswith("_"):
                    yield f"{module}.{name}.{part}", function


def check_docstrings():
    "Complaints about docstrings."
    import inspect

    from numpydoc.docscrape import ClassDoc, FunctionDoc

    sys.path.insert(0, str(ROOT))
    for name, thing in public_things():
        if not (inspect.getdoc(thing) or "").strip():
            yield f"{name} has no docstring"
            continue
        is_class = inspect.isclass(thing)
        doc = (
            ClassDoc(thing, config={"show_class_members": False})
            if is_class
            else FunctionDoc(thing)
        )
        listed = [part for p in doc["Parameters"] + doc["Attributes"] for part in p.name.split(",")]
        listed = {part.strip().lstrip("*") for part in listed}
        if is_class and (issubclass(thing, Exception) or getattr(thing, "_is_protocol", False)):
            continue
        try:
            wanted = {p for p in inspect.signature(thing).parameters if p not in ("self", "cls")}
        except ValueError:
            continue
        if missing := sorted(wanted - listed):
            yield f"{name}: its docstring says nothing of {', '.join(missing)}"


def words_of(cells):
    "How many words a notebook has, in prose and in what it printed."
    count = 0
    for cell in cells:
        texts = ["".join(cell["source"])] if cell["cell_type"] == "markdown" else []
        for output in cell.get("outputs", ()):
            texts.append(
                "".join(output.get("text") or output.get("data", {}).get("text/plain", ""))
            )
        count += sum(len(text.split()) for text in texts)
    return count


def check_notebooks():
    "Complaints about the notebooks as a book."
    for folder in sorted({path.parent for path in NBS.rglob("[0-9]*.ipynb")}):
        numbers = sorted(path.name[:3] for path in folder.glob("[0-9]*.ipynb"))
        if numbers != [f"{number:02d}_" for number in range(len(numbers))]:
            yield f"{folder.relative_to(ROOT)}: numbers with gaps: {', '.join(numbers)}"
    words = cells = 0
    for start in MAIN_LINE:
        for path in NBS.glob(f"{start}*.ipynb"):
            found = json.loads(path.read_text(encoding="utf-8"))["cells"]
            words, cells = words + words_of(found), cells + len(found)
            if not any(INSTALL in "".join(cell["source"]) for cell in found):
                yield f"{path.name}: no cell says {INSTALL}"
            if not any("<details" in "".join(cell["source"]) for cell in found):
                yield f"{path.name}: no problem with a hidden answer"
    if words > MOST_WORDS or cells > MOST_CELLS:
        yield (
            f"00 to 05 have {words:,} words and {cells} cells; at most {MOST_WORDS:,} and {MOST_CELLS}"
        )


def module_map():
    "The table of modules: its notebook, what it takes from the package, and from others."
    known = modules()
    lines = ["| notebook | module | uses of ours | uses of others |", "| --- | --- | --- | --- |"]

    def reading(pair):
        return LAYER.get(pair[0].split(".")[0], 99), str(pair[1][1])

    for module, (tree, notebook) in sorted(known.items(), key=reading):
        inside = sorted({other for other, _ in ours(module, tree, known)} - {module, ""})
        outside = {name.split(".")[0] for name, _ in imported(module, tree)}
        outside -= {*sys.stdlib_module_names, "node2vec_nb", ""}
        lines.append(
            f"| {notebook} | {module} | {', '.join(inside)} | {', '.join(sorted(outside))} |"
        )
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
        [sys.executable, "-W", "ignore", "-c", f"{code}\n{tell}"], capture_output=True, text=True
    )
    if run.returncode:
        raise SystemExit(f"{code}: {run.stderr}")
    return set(run.stderr.split())


def check_light():
    "Complaints about what the package and its help page load, and how long the page takes."
    help_page = (
        "import sys; sys.argv = ['node2vec_nb', '--help']\n"
        "from node2vec_nb.cli import main\n"
        "try: main()\n"
        "except SystemExit as stop: assert not stop.code, stop.code"
    )
    for code, forbidden in {**LIGHT, help_page: set(HEAVY)}.items():
        if loaded := sorted(loaded_by(code) & forbidden):
            yield f"{'--help' if code == help_page else code} loads {', '.join(loaded)}"
    seconds = []
    for _ in range(7):  # the fastest of several: the machine may be busy with other things
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", help_page], capture_output=True, check=True)
        seconds.append(time.perf_counter() - start)
    if min(seconds) > 1:  # a tenth of a second on a quiet machine
        yield f"--help takes {min(seconds):.2f} s"


def main():
    checks = {
        "modules": check_modules,
        "names": check_names,
        "docstrings": check_docstrings,
        "notebooks": check_notebooks,
        "map": check_map,
        "light": check_light,
    }
    names = sys.argv[1:] or list(checks)
    if names == ["write-map"]:
        sys.exit(any(check_map(write=True)))
    complaints = [complaint for name in names for complaint in checks[name]()]
    print("\n".join(complaints) or f"{', '.join(names)}: nothing to complain about")
    sys.exit(bool(complaints))


main()
