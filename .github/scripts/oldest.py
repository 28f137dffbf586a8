"""Prints the oldest versions that settings.ini allows, one a line, as constraints for pip.

`python .github/scripts/oldest.py > oldest.txt && pip install -e '.[dev]' -c oldest.txt`
"""

from configparser import ConfigParser
from pathlib import Path

parser = ConfigParser(delimiters=["="], interpolation=None)
parser.read(Path(__file__).parents[2] / "settings.ini", encoding="utf-8")
asked = [
    word
    for key, value in parser["DEFAULT"].items()
    if key.endswith("requirements")
    for word in value.split()
]
# "mkdocs-material>=9.7,<10" becomes "mkdocs-material==9.7"; what has no lower bound stays free.
oldest = {word.split(",")[0].replace(">=", "==") for word in asked if ">=" in word}
print(*sorted(oldest), sep="\n")
