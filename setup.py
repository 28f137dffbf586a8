"""Reads everything from settings.ini, so that each fact about the package is written once."""

import gzip
import os
import tarfile
from configparser import ConfigParser
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.sdist import sdist

# The time that files in a wheel or sdist bear, unless the caller sets another: the earliest that a
# zip can hold (1980-01-02, so that it is 1980 in every time zone). And the usual permissions, whoever
# builds. So the same sources give the same bytes.
os.environ.setdefault("SOURCE_DATE_EPOCH", "315619200")
os.umask(0o022)


class SameBytes(sdist):
    """An sdist that does not tell when, or by whom, it was made."""

    def make_archive(self, base_name, format, *, base_dir, **owner):
        when = int(os.environ["SOURCE_DATE_EPOCH"])

        def anonymous(entry):
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime, entry.mode = when, 0o755 if entry.isdir() else 0o644
            return entry

        path = f"{base_name}.tar.gz"
        with gzip.GzipFile(path, "wb", mtime=when) as stream:
            with tarfile.open(fileobj=stream, mode="w") as archive:
                archive.add(base_dir, filter=anonymous)
        return path


here = Path(__file__).parent
parser = ConfigParser(delimiters=["="], interpolation=None)
parser.read(here / "settings.ini", encoding="utf-8")
settings = parser["DEFAULT"]
extras = {
    key.removesuffix("_requirements"): value.split()
    for key, value in settings.items()
    if key.endswith("_requirements")
}

setup(
    cmdclass={"sdist": SameBytes},
    name=settings["lib_name"],
    version=settings["version"],
    description=settings["description"],
    long_description=(here / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    author=settings["author"],
    author_email=settings["author_email"],
    url=settings["git_url"],
    license="Apache-2.0",
    keywords=settings["keywords"],
    packages=find_packages(include=[settings["lib_path"], f'{settings["lib_path"]}.*']),
    include_package_data=True,
    python_requires=f">={settings['min_python']}",
    install_requires=settings["requirements"].split(),
    extras_require=extras,
    entry_points={"console_scripts": settings["console_scripts"].split()},
    classifiers=[
        "Development Status :: 3 - Alpha",
        "Intended Audience :: Science/Research",
        "Programming Language :: Python :: 3",
        "Topic :: Scientific/Engineering",
    ],
)
