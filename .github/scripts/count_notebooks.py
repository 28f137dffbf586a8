"""Close test runs with a count: `python .github/scripts/count_notebooks.py LOG STATUS [LOG STATUS ...]`.

`nbdev_test` prints no count, so this one asks nbdev which notebooks were eligible and reads from
the log of each run which of them failed. A run that failed before it could name one counts as
every notebook failed.
"""

import sys
from pathlib import Path

from nbdev.doclinks import nbglob

eligible = [path for path in nbglob(as_path=True) if not (path.parent / ".notest").exists()]
passed = failures = 0
for file, status in zip(sys.argv[1::2], map(int, sys.argv[2::2]), strict=True):
    log = Path(file)
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    listed = text.partition("Failed On The Following Notebooks:")[2].splitlines()
    failed = [line.strip() for line in listed if line.strip().endswith(".ipynb")]
    if status and not failed:
        failed = [path.name for path in eligible]
    for name in failed:
        print("failed:", name)
    passed, failures = passed + len(eligible) - len(failed), failures + len(failed)
print(f"{passed} passed, {failures} failed")
sys.exit(bool(failures) or not eligible)
