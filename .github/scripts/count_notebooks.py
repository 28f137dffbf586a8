"""Close a test run with a count: `python .github/scripts/count_notebooks.py LOG STATUS`.

`nbdev_test` prints no count, so this one asks nbdev which notebooks were eligible and reads from
the log of the run which of them failed. A run that failed before it could name one counts as
every notebook failed.
"""

import sys
from pathlib import Path

from nbdev.doclinks import nbglob

log, status = Path(sys.argv[1]).read_text(encoding="utf-8", errors="replace"), int(sys.argv[2])
eligible = [path for path in nbglob(as_path=True) if not (path.parent / ".notest").exists()]
listed = log.partition("Failed On The Following Notebooks:")[2].splitlines()
failed = [line.strip() for line in listed if line.strip().endswith(".ipynb")]
if status and not failed:
    failed = [path.name for path in eligible]
for name in failed:
    print("failed:", name)
print(f"{len(eligible) - len(failed)} passed, {len(failed)} failed")
sys.exit(bool(failed) or not eligible)
