"""Run notebooks in a plain Jupyter kernel, away from the project: `python .github/scripts/plain_kernel.py NOTEBOOK ...`.

Each notebook is copied to an empty folder and run from top to bottom, as Colab or Binder would. Nothing of the
project but the installed package is there.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def run(path):
    "What went wrong in a notebook; nothing if all was right."
    notebook = nbformat.read(path, 4)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook, timeout=1800, kernel_name="python3", resources={"metadata": {"path": folder}}
        )
        try:
            client.execute()
        except CellExecutionError as error:
            return f"{Path(path).name}: {str(error)[-2000:]}"


with ThreadPoolExecutor(2) as pool:
    complaints = [complaint for complaint in pool.map(run, sys.argv[1:]) if complaint]
print("\n".join(complaints) or f"{len(sys.argv) - 1} chapters run in a plain kernel")
sys.exit(bool(complaints))
