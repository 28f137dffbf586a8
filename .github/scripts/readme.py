"""Make README.md from nbs/index.ipynb: `python .github/scripts/readme.py [--check]`.

Markdown cells are copied, code cells become fenced blocks followed by their text output, and
paths of pictures and notebooks are made to count from the project's root. With `--check` nothing
is written and the exit status is 1 when README.md is not what the notebook says.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT / "nbs" / "index.ipynb"
README = ROOT / "README.md"
LINK = re.compile(r"(\]\(|src=\")(?!https?:|#|mailto:|/)([^)\"]+)")


def from_root(match):
    "A link of the notebook, relative to nbs/, as a link relative to the root."
    opening, target = match.groups()
    return opening + (target[3:] if target.startswith("../") else f"nbs/{target}")


def text_output(cell):
    "What a code cell printed or returned, as plain text."
    parts = []
    for output in cell["outputs"]:
        if output["output_type"] == "stream":
            parts.append("".join(output["text"]))
        elif "text/plain" in output.get("data", {}) and "image/png" not in output["data"]:
            parts.append("".join(output["data"]["text/plain"]))
    return "\n".join(part.rstrip() for part in parts)


def render(cells):
    "The cells as one Markdown text."
    blocks = []
    for cell in cells:
        source = "".join(cell["source"]).strip()
        if not source or re.search(r"^#\|\s*(hide|default_exp)\b", source, re.M):
            continue
        if cell["cell_type"] == "markdown":
            blocks.append(LINK.sub(from_root, source))
            continue
        code = "\n".join(line for line in source.splitlines() if not line.startswith("#|"))
        blocks.append(f"```python\n{code.strip()}\n```")
        if output := text_output(cell):
            blocks.append(f"```\n{output}\n```")
    note = "<!-- Made from nbs/index.ipynb by .github/scripts/readme.py: edit the notebook. -->"
    return "\n\n".join([note, *blocks]) + "\n"


def main():
    text = render(json.loads(INDEX.read_text(encoding="utf-8"))["cells"])
    if "--check" not in sys.argv[1:]:
        README.write_text(text, encoding="utf-8")
        return
    if not README.is_file() or README.read_text(encoding="utf-8") != text:
        sys.exit(
            "README.md is not what nbs/index.ipynb says; run: python .github/scripts/readme.py"
        )


main()
