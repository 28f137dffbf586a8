"""Look at the built site as a browser does: `python .github/scripts/check_site.py [FOLDER]`.

Every page of `_docs/` must be reached from the front page by links, and every link and picture
must exist. A few pages are opened in headless Chromium at the widths of a desk and of a phone:
nothing is wider than the window, every picture is there and has a text, the console is silent,
and nothing is asked from elsewhere. With FOLDER, what was seen is kept there as pictures.
"""

import functools
import shutil
import sys
import threading
import time
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

SITE = Path(__file__).resolve().parents[2] / "_docs"
LOOKED_AT = [
    "",
    "02_walks/",
    "03_sampling/",
    "kernels/04_rejection/",
    "plots/01_maps/",
    "api/walks/",
]
WIDTHS = {"desk": 1280, "phone": 390}
# What a page's script finds wrong with its pictures, and how wide the page is.
LOOK = """
const broken = [...document.images].filter(i => { i.loading = 'eager'; return !i.alt.trim() });
return [document.documentElement.scrollWidth, innerWidth, broken.map(i => i.src)];
"""
MISSING = "return [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"


class Page(HTMLParser):
    "The links, pictures and anchors of a page."

    def __init__(self, text):
        super().__init__()
        self.links, self.anchors, self.wordless = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.anchors.add(told.get("id"))
        if tag == "img" and not (told.get("alt") or "").strip():
            self.wordless.append(told.get("src"))
        found = told.get({"a": "href", "img": "src", "link": "href", "script": "src"}.get(tag, ""))
        if found:
            self.links.append(found)


def file_of(path):
    "The file behind a path of the site."
    file = SITE / unquote(path).lstrip("/")
    return file / "index.html" if file.is_dir() else file


def check_links():
    "Complaints about links, and about pages that no link leads to."
    pages, places, todo = {}, [], ["/"]
    while todo:
        path = todo.pop()
        file = file_of(path)
        if file in pages:
            continue
        pages[file] = page = Page(file.read_text(encoding="utf-8"))
        yield from (f"{path}: picture {source} has no text" for source in page.wordless)
        for link in page.links:
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            target, anchor = urldefrag(urljoin(path, link))
            if not file_of(target).is_file():
                yield f"{path}: no such page or file: {link}"
            elif file_of(target).suffix == ".html":
                todo.append(target)
                places.append((path, link, file_of(target), unquote(anchor)))
    for path, link, file, anchor in places:
        if anchor and anchor not in pages[file].anchors:
            yield f"{path}: no such place: {link}"
    for file in SITE.rglob("index.html"):
        if file not in pages:
            yield f"{file.relative_to(SITE)}: no page leads here"


def check_looks(folder):
    "Complaints of a browser about a few pages."

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=SITE))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = webdriver.ChromeOptions()
    for flag in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
    try:
        for path in LOOKED_AT:
            for name, width in WIDTHS.items():
                size = {
                    "width": width,
                    "height": 900,
                    "deviceScaleFactor": 1,
                    "mobile": width < 500,
                }
                driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
                driver.get(f"http://127.0.0.1:{server.server_port}/{path}")
                wide, window, wordless = driver.execute_script(LOOK)
                time.sleep(1)  # lazy pictures
                where = f"/{path} ({name})"
                if wide > window:
                    yield f"{where}: {wide} pixels wide, the window has {window}"
                yield from (f"{where}: picture without a text: {source}" for source in wordless)
                for source in driver.execute_script(MISSING):
                    yield f"{where}: picture not there: {source}"
                for line in driver.get_log("browser"):
                    yield f"{where}: the console says {line['message']}"
                if folder:
                    folder.mkdir(parents=True, exist_ok=True)
                    driver.save_screenshot(
                        str(folder / f"{path.strip('/').replace('/', '.') or 'front'}_{name}.png")
                    )
    finally:
        driver.quit()
        server.shutdown()


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    complaints = [*check_links(), *check_looks(folder)]
    print("\n".join(complaints) or "site: every page reached, every link and picture there")
    sys.exit(bool(complaints))


main()
