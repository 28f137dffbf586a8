"""Hooks of mkdocs: notebooks become pages, modules become pages of reference, in the order they are read.

`mkdocs build` calls the functions named `on_...`. Nothing is executed: a page shows the outputs that are committed.
A picture without a text for those who cannot see it stops the build: PNG outputs carry theirs in their
metadata, other pictures in a line `#| fig-alt:` of their cell.
"""

import html
import re
from pathlib import Path

import nbformat
from latex2mathml.converter import convert
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File
from nbconvert import MarkdownExporter

SOURCE = "node2vec-nb/node2vec_nb/blob/main/nbs/"
ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
PARTS = {"tutorials": "Tutorials", "explain": "Explained"}
ROOMS = {
    "io": "Files",
    "kernels": "Kernels",
    "training": "Training",
    "evaluation": "Evaluation",
    "plots": "Pictures",
    "apps": "Applications",
    "spark": "Spark",
}
PROOFS = {"checks": "Checks", "bench": "Measurements"}
HIDDEN = re.compile(r"^#\|\s*(hide|default_exp)\b", re.M)
FORMULA = re.compile(
    r"(?P<code>```.*?```|`[^`]*`)|\$\$(?P<block>.+?)\$\$|\$(?P<line>[^$\n]+?)\$", re.S
)
ANCHOR = re.compile(
    r"(\]\([^):\s]*#)([^)\s]+)"
)  # Jupyter keeps capitals in anchors, mkdocs does not
LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:)([^)#\s]+)\.ipynb")


def page_source(source):
    "Markdown of a notebook as mkdocs wants it: links to pages, formulas as MathML, which needs no script."

    def formula(found):
        if found["code"]:
            return found["code"]
        if found["block"]:
            return f'\n\n<div class="formula">{convert(found["block"], display="block")}</div>\n\n'
        return f"<span>{convert(found['line'])}</span>"

    source = ANCHOR.sub(lambda found: found[1] + found[2].lower(), LINK.sub(r"\1.md", source))
    return FORMULA.sub(formula, source)


def prepare(cells):
    "The cells that a page shows, without the directives of nbdev."
    for cell in cells:
        if cell.cell_type == "markdown":
            cell.source = page_source(cell.source)
        elif HIDDEN.search(cell.source):
            continue
        else:
            lines = cell.source.splitlines()
            alt = [line[11:].strip() for line in lines if line.startswith("#| fig-alt:")]
            cell.metadata.exported = any(line.startswith("#| export") for line in lines)
            cell.metadata.alt = alt[0] if alt else ""
            cell.source = "\n".join(line for line in lines if not line.startswith("#|")).strip()
        if cell.source:
            yield cell


def without_styles(table):
    "A table of pandas without its style sheet, and without gaps, which would end the HTML for Markdown."
    return re.sub(r"\n\s*\n", "\n", re.sub(r"<style.*?</style>", "", table, flags=re.S))


def words(text):
    "The text of a picture, with nothing in it that Markdown would take for its own."
    return re.sub(r"([][])", r"\\\1", html.escape(text))


def notebook_page(path, stem):
    "A notebook as Markdown, and its pictures by name."
    notebook = nbformat.read(path, 4)
    notebook.cells = list(prepare(notebook.cells))
    exporter = MarkdownExporter(
        template_file="notebook.md.j2",
        extra_template_paths=[str(HERE)],
        filters={"without_styles": without_styles, "words": words},
    )
    body, resources = exporter.from_notebook_node(
        notebook, {"unique_key": stem, "output_files_dir": "."}
    )
    body = body.lstrip()
    if "![](" in body:
        raise PluginError(f"{path}: a picture has no text; add `#| fig-alt:` to its cell.")
    return body, resources["outputs"]


def buttons(notebook):
    "A line that leads to the notebook itself, and to places where it can be run."
    return (
        f"[:material-notebook: nbs/{notebook}](https://github.com/{SOURCE}{notebook})\n"
        f"[:material-play: Open in Colab](https://colab.research.google.com/github/{SOURCE}{notebook})\n"
        "[:material-play: Open in Binder](https://mybinder.org/v2/gh/node2vec-nb/node2vec_nb/main"
        f"?labpath=nbs%2F{notebook.replace('/', '%2F')})\n{{ .source }}\n"
    )


def title(body):
    "The heading that opens a page."
    return re.search(r"^# (.+)", body, re.M)[1].replace("`", "")


def api_pages():
    "The address and the text of a page of reference for each module with public names."
    for path in sorted((ROOT / "node2vec_nb").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if path.name.startswith("_") or "\n__all__ = []" in text:
            continue
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        notebook = re.search(r"File to edit: (?:\.\./)+nbs/(\S+)\.ipynb", text)[1]
        name = module.removeprefix("node2vec_nb.")
        yield (
            f"api/{name}.md",
            f"# {module}\n\nMade by [{notebook}](../{notebook}.md).\n\n::: {module}\n",
        )


@event_priority(100)  # before the plugins look for pages
def on_files(files, config):
    "Replace notebooks by pages, add the reference, and write the navigation."
    titles = {}
    for file in list(files):
        if not file.src_uri.endswith(".ipynb"):
            continue
        path = Path(file.abs_src_path)
        body, pictures = notebook_page(path, path.stem)
        page = file.src_uri.removesuffix(".ipynb") + ".md"
        if page != "index.md":
            body = body.replace("\n", f"\n\n{buttons(file.src_uri)}\n", 1)
        files.remove(file)
        files.append(File.generated(config, page, content=body))
        for name, data in pictures.items():
            where = (Path(page).parent / name).as_posix()
            files.append(File.generated(config, where, content=data))
        titles[page] = title(body)
    for page, text in api_pages():
        files.append(File.generated(config, page, content=text))
        titles[page] = page.removeprefix("api/").removesuffix(".md")
    for name in ("CONTRIBUTING", "CHANGELOG"):
        text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
        files.append(File.generated(config, f"{name.lower()}.md", content=text))
        titles[f"{name.lower()}.md"] = name.capitalize()
    css = (HERE / "site.css").read_text(encoding="utf-8")
    files.append(File.generated(config, "site.css", content=css))
    config.nav = navigation(titles)
    return files


def navigation(titles):
    "The main line first, then everything else, folded."

    def folders(parts):
        for folder, name in parts.items():
            pages = sorted(page for page in titles if page.startswith(f"{folder}/"))
            if pages:
                yield {name: [{titles[page]: page} for page in pages]}

    numbered = sorted(page for page in titles if re.match(r"\d\d_", page))
    return [
        {"Start": "index.md"},
        *({f"{page[:2]} {titles[page]}": page} for page in numbered),
        *folders(PARTS),
        {"Rooms": list(folders(ROOMS))},
        {"Reference": [{titles[page]: page} for page in titles if page.startswith("api/")]},
        *folders(PROOFS),
        {"Project": [{"Contributing": "contributing.md"}, {"Changelog": "changelog.md"}]},
    ]
