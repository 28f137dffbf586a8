"""Build the documentation site from the notebooks: `python .github/scripts/site.py`.

Every notebook becomes a page with its outputs, every module a page of reference made from its
signatures; mkdocs, in its strict mode, makes the site of them in `_docs/`. Nothing is executed.
A picture without a text for those who cannot see it stops the build: PNG outputs carry theirs in
their metadata (`pictures.alt_text`), other pictures in a `#| fig-alt:` line of their cell.
"""

import base64
import html
import importlib
import inspect
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from fastcore.docments import docments
from latex2mathml.converter import convert

ROOT = Path(__file__).resolve().parents[2]
NBS, PACKAGE = ROOT / "nbs", ROOT / "node2vec_nb"
PROC, SITE = ROOT / "_proc" / "site", ROOT / "_docs"
PAGES = PROC / "docs"
REPO = "https://github.com/node2vec-nb/node2vec_nb"
PARTS = {"Tutorials": "tutorials", "Explained": "explain", "Checks": "checks", "Measured": "bench"}
HIDDEN = re.compile(r"^#\|\s*(hide|default_exp)\b", re.M)
FORMULA = re.compile(
    r"(?P<code>```.*?```|`[^`]*`)|\$\$(?P<block>.+?)\$\$|\$(?P<line>[^$]+?)\$", re.S
)
ANCHOR = re.compile(r"(\]\([^):\s]*#)([^)\s]+)")  # Jupyter keeps capitals, the site does not
LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:)([^)#\s]+)\.ipynb")


def formulas(source):
    "LaTeX between dollars as MathML, which browsers draw without a script; code stays code."

    def drawn(found):
        if found["code"]:
            return found["code"]
        if found["block"]:
            return f'\n\n<div class="formula">{convert(found["block"], display="block")}</div>\n\n'
        return f"<span>{convert(found['line'])}</span>"

    return FORMULA.sub(drawn, source)


def title_of(cells):
    "The heading that opens a notebook."
    for cell in cells:
        if cell["cell_type"] == "markdown" and (
            found := re.search(r"^# (.+)", text(cell["source"]), re.M)
        ):
            return found[1].replace("`", "")
    raise SystemExit("a notebook without a `# Title`")


def text(lines):
    "Notebook text, which is kept as a string or as a list of lines."
    return lines if isinstance(lines, str) else "".join(lines)


def table(header, rows):
    "A Markdown table; a bar in a cell would end it."
    clean = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = [header, ["---"] * len(header), *clean]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def picture(kind, data, alt, path, number):
    "A picture beside the page, and the Markdown that shows it."
    suffix = {"image/png": "png", "image/svg+xml": "svg"}[kind]
    name = f"{path.stem}_{number}.{suffix}"
    raw = base64.b64decode(text(data)) if suffix == "png" else text(data).encode()
    (path.parent / name).write_bytes(raw)
    words = html.escape(re.sub(r"([][])", r"\\\1", alt))
    return f"![{words}]({name}){{ loading=lazy }}"


def shown(output, alt, path, number):
    "One output of a cell as Markdown."
    if output["output_type"] == "stream":
        return f"```{{ .text .output }}\n{text(output['text']).rstrip()}\n```"
    data = output["data"]
    for kind in ("image/svg+xml", "image/png"):
        if kind in data:
            alt = output.get("metadata", {}).get(kind, {}).get("alt", alt)
            if not alt:
                raise SystemExit(f"{path.stem}: picture {number} has no text; add `#| fig-alt:`")
            return picture(kind, data[kind], alt, path, number)
    if "text/html" in data:
        page = re.sub(r"<style.*?</style>", "", text(data["text/html"]), flags=re.S)
        page = re.sub(r"\n\s*\n", "\n", page)  # a gap would end the HTML for Markdown
        return f'<div class="output" markdown="0">{page}</div>'
    return f"```{{ .text .output }}\n{text(data['text/plain']).rstrip()}\n```"


def page_of(notebook, path):
    "A notebook as a Markdown page at `path`, its pictures beside it; returns its title."
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    blocks, number = [], 0
    path.parent.mkdir(parents=True, exist_ok=True)
    if notebook.name != "index.ipynb":
        where = notebook.relative_to(ROOT).as_posix()
        blocks.append(f"[:material-notebook: {where}]({REPO}/blob/main/{where}){{ .source }}")
    for cell in cells:
        source = text(cell["source"]).strip()
        if not source or HIDDEN.search(source):
            continue
        if cell["cell_type"] == "markdown":
            source = ANCHOR.sub(
                lambda found: found[1] + found[2].lower(), LINK.sub(r"\1.md", source)
            )
            blocks.append(formulas(source))
            continue
        lines = source.splitlines()
        alt = next((line[11:].strip() for line in lines if line.startswith("#| fig-alt:")), None)
        exported = any(line.startswith("#| export") for line in lines)
        code = "\n".join(line for line in lines if not line.startswith("#|")).strip()
        blocks.append(f"```{{ .python {'.exported ' if exported else ''}}}\n{code}\n```")
        for output in cell["outputs"]:
            number += 1
            blocks.append(shown(output, alt, path, number))
    # The heading first, then the line that says where the notebook is.
    if len(blocks) > 1 and blocks[0].endswith("{ .source }"):
        blocks[0], blocks[1] = blocks[1], blocks[0]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    return title_of(cells)


def parameters(thing):
    "The table of a callable's parameters, from its signature and the comments beside it."
    rows = []
    for name, part in docments(thing, full=True).items():
        if name in ("self", "return"):
            continue
        default = "" if part["default"] is inspect.Parameter.empty else f"`{part['default']!r}`"
        rows.append([f"`{name}`", default, part["docment"] or ""])
    returned = (docments(thing, full=True).get("return") or {}).get("docment")
    lines = [table(["parameter", "default", "what it is"], rows)] if rows else []
    return lines + ([f"**Returns** {returned}"] if returned else [])


def call_of(name, thing):
    "How a callable is called; one parameter a line when they do not fit into one."
    call = inspect.signature(thing)
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in call.parameters.values()]
    line = f"{name}{call.replace(parameters=bare, return_annotation=inspect.Signature.empty)}"
    if len(line) <= 80:
        return line
    star = [i for i, p in enumerate(bare) if p.kind is inspect.Parameter.KEYWORD_ONLY][:1]
    names = [str(p) for p in bare]
    for at in star:
        names.insert(at, "*")
    return f"{name}(\n" + "".join(f"    {one},\n" for one in names) + ")"


def entry(name, thing, level, chapter):
    "The reference of one function or class."
    mark = "#" * level
    blocks = [f"{mark} `{name}`", inspect.getdoc(thing) or ""]
    is_error = inspect.isclass(thing) and issubclass(thing, Exception)
    if not is_error:
        blocks.insert(1, f"```python\n{call_of(name, thing)}\n```")
        blocks += parameters(thing)
    if not inspect.isclass(thing) or is_error:
        return blocks
    for part, method in vars(thing).items():
        function = method.__func__ if isinstance(method, (classmethod, staticmethod)) else method
        if part.startswith("_") or not getattr(function, "__doc__", None):
            continue
        if isinstance(method, property):
            blocks += [f"{mark}# `{name}.{part}`", inspect.getdoc(method.fget) or ""]
        elif inspect.isfunction(function):
            blocks += entry(f"{name}.{part}", getattr(thing, part), level + 1, chapter)
    return blocks


def reference(module, names, chapter):
    "The page of a module: its public names in full, then the parts it is made of."
    loaded = importlib.import_module(f"node2vec_nb.{module}")
    blocks = [f"# node2vec_nb.{module}", f"Told in [{chapter.stem}](../{chapter.stem}.md)."]
    for name in names:
        blocks += entry(name, getattr(loaded, name), 2, chapter)
    parts = [
        [f"`{name}`", (inspect.getdoc(thing) or "").split("\n")[0]]
        for name in loaded.__all__
        if name not in names and callable(thing := getattr(loaded, name))
    ]
    if parts:
        blocks += ["## Its parts", table(["name", "what it does"], parts)]
    (PAGES / "api").mkdir(parents=True, exist_ok=True)
    (PAGES / "api" / f"{module}.md").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def chapters():
    "Module name to the notebook that makes it, in the order of the notebooks."
    made = {}
    for notebook in sorted(NBS.glob("[0-9]*.ipynb")):
        found = re.search(r"#\|\s*default_exp (\w+)", notebook.read_text(encoding="utf-8"))
        if found:
            made[found[1]] = notebook
    return made


def config(nav):
    "What mkdocs is told."
    return {
        "site_name": "node2vec_nb",
        "site_description": "node2vec you can read: exact, fast and reproducible",
        "site_url": "https://node2vec-nb.github.io/node2vec_nb/",
        "docs_dir": "docs",
        "site_dir": str(SITE),
        "strict": True,
        "nav": nav,
        "theme": {
            "name": "material",
            "font": False,  # the reader's own: nothing is fetched from elsewhere
            "features": [
                "navigation.sections",
                "navigation.footer",
                "navigation.top",
                "content.code.copy",
                "search.highlight",
                "toc.follow",
            ],
            "palette": [
                {
                    "media": "(prefers-color-scheme: light)",
                    "scheme": "default",
                    "primary": "indigo",
                    "toggle": {"icon": "material/weather-night", "name": "Dark"},
                },
                {
                    "media": "(prefers-color-scheme: dark)",
                    "scheme": "slate",
                    "primary": "indigo",
                    "toggle": {"icon": "material/weather-sunny", "name": "Light"},
                },
            ],
        },
        "extra_css": ["site.css"],
        "plugins": ["search"],
        "extra": {
            "generator": False,
            "social": [{"icon": "fontawesome/brands/github", "link": REPO}],
        },
        "markdown_extensions": [
            "attr_list",
            "md_in_html",
            "tables",
            "admonition",
            {"toc": {"permalink": True}},
            {"pymdownx.highlight": {"guess_lang": False}},
            "pymdownx.superfences",
            {
                "pymdownx.emoji": {
                    "emoji_index": "!!python/name:material.extensions.emoji.twemoji",
                    "emoji_generator": "!!python/name:material.extensions.emoji.to_svg",
                }
            },
        ],
        "validation": {
            "links": {"anchors": "warn", "unrecognized_links": "warn"},
            "nav": {"omitted_files": "warn"},
        },
    }


def write_pages():
    "All pages; returns the table of contents."
    sys.path.insert(0, str(ROOT))
    from node2vec_nb import _MODULES

    page_of(NBS / "index.ipynb", PAGES / "index.md")
    nav = [{"Start": "index.md"}]
    numbered = [
        {f"{path.stem.split('_')[0]} {page_of(path, PAGES / f'{path.stem}.md')}": f"{path.stem}.md"}
        for path in sorted(NBS.glob("[0-9]*.ipynb"))
    ]
    for part, folder in PARTS.items():
        pages = [
            {page_of(path, PAGES / folder / f"{path.stem}.md"): f"{folder}/{path.stem}.md"}
            for path in sorted((NBS / folder).glob("[!_.]*.ipynb"))
        ]
        if pages:
            nav.append({part: pages})
        if part == "Tutorials":
            nav.append({"Chapters": numbered})
    made = chapters()
    for module, notebook in made.items():
        reference(module, _MODULES.get(module, ()), notebook)
    nav.append({"Reference": [{module: f"api/{module}.md"} for module in made]})
    for name in ("CONTRIBUTING", "CHANGELOG"):
        shutil.copy(ROOT / f"{name}.md", PAGES / f"{name.lower()}.md")
    nav.append({"Project": [{"Contributing": "contributing.md"}, {"Changelog": "changelog.md"}]})
    for path in (NBS / "tutorials").glob("*.py"):
        shutil.copy(path, PAGES / "tutorials")
    shutil.copytree(NBS / "images", PAGES / "images", dirs_exist_ok=True)
    shutil.copy(ROOT / ".github" / "site.css", PAGES / "site.css")
    return nav


def main():
    shutil.rmtree(PROC, ignore_errors=True)
    PAGES.mkdir(parents=True)
    told = yaml.safe_dump(config(write_pages()), sort_keys=False)
    # YAML names a Python object by a tag, not by a string.
    told = re.sub(r"'(!!python/name:[\w.]+)'", r"\1", told)
    (PROC / "mkdocs.yml").write_text(told, encoding="utf-8")
    sys.exit(
        subprocess.call(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(PROC / "mkdocs.yml")]
        )
    )


main()
