"""Writes executed notebooks as web pages with an index, for make notebooks and test: pages.py FOLDER EXECUTED…

The pages ask the network for nothing. Their pictures lie beside them in `images`, what they look like in `style.css`.
"""
import html
import logging
import re
import shutil
import sys
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from string import Template
from urllib.parse import quote

import nbformat
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter
from pygments.styles import get_all_styles

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="$description">
<title>$title</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}style.css">
</head>
<body>
$body
</body>
</html>
""")

NOTEBOOKS = Path("notebooks")      # where they run, and write pages of their own
SOLUTIONS = "solutions"            # the folder of these notebooks, and of their pages

SUMMARY = "Learn backpropagation by building it, in Java."
STYLE = Path(__file__).with_name("pages.css").read_text(encoding="utf-8")


def title(notebook):
    """The first heading of the notebook."""
    return next(line.lstrip("# ") for line in prose(notebook).splitlines() if line.startswith("# "))


def opening(notebook):
    """The first sentence below the title, without markup."""
    paragraphs = [part for part in re.split(r"\n\s*\n", prose(notebook)) if not part.startswith("#")]
    plain = re.sub(r"!?\[([^]]*)\]\([^)]*\)", r"\1", paragraphs[0] if paragraphs else "")
    plain = " ".join(re.sub(r"[*_`$]", "", plain).split())
    return re.match(r".*?[.?!](?=\s|$)|.*", plain)[0]


def summary(notebook):
    """What the title cell's metadata say the notebook is about, else its first sentence."""
    return notebook.cells[0].metadata.get("summary") or opening(notebook)


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def picture(notebook):
    """The picture of the cell tagged `thumbnail`, else the first among the outputs, as a data URI; None where there is none."""
    for cell in sorted(notebook.cells, key=lambda cell: "thumbnail" not in cell.metadata.get("tags", [])):
        for output in cell.get("outputs", []):
            uri = data_uri(output.get("data", {}))
            if uri:
                return uri
    return None


def data_uri(data):
    for mime in ("image/png", "image/jpeg", "image/gif"):
        if mime in data:
            return f"data:{mime};base64,{''.join(data[mime].split())}"
    markup = data.get("image/svg+xml") or data.get("text/html", "")
    found = re.search(r"<svg.*?</svg>|data:image/[^\"']+", markup, re.DOTALL)
    if not found or found[0].startswith("data:"):
        return found and found[0]
    svg = found[0] if "xmlns=" in found[0] else found[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def page(title, description, body, up=""):
    """A page whose site begins `up` from it."""
    return PAGE.substitute(title=html.escape(title), description=html.escape(description), up=up, body=body)


def style():
    dark = "github-dark" if "github-dark" in get_all_styles() else "monokai"
    light, dark = (HtmlFormatter(style=style).get_style_defs(".highlight") for style in ("default", dark))
    return f"{light}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n{STYLE}"


def notebook_page(notebook, before, after, up=""):
    exporter = HTMLExporter(template_name="basic", exclude_input_prompt=True, exclude_output_prompt=True, log=quiet())
    body, _ = exporter.from_notebook_node(notebook)
    body = re.sub(r'(href="[\w./-]+)\.ipynb"', r'\1.html"', body)
    body = re.sub(r'<span class="(?:w|n|p)">([^<]*)</span>', r"\1", body)      # spaces, names, points: half the page, in no colour
    return page(title(notebook), summary(notebook),
                f'<nav><a href="{up}index.html">All notebooks</a></nav>\n<main>{body}</main>\n'
                f"<nav>{link('←', before)}{link('→', after)}</nav>", up)


def pages_linked(notebook):
    """The names of the pages that the notebook wrote next to itself and links to."""
    return re.findall(r"\]\(([\w-]+\.html)\)", prose(notebook))


def copy_pages(path, notebook, folder):
    for name in pages_linked(notebook):
        if not (NOTEBOOKS / name).exists():
            sys.exit(f"{path.name} links to {name}, which is not in {NOTEBOOKS}: remove {path}, so that it runs again and writes it")
        text = (NOTEBOOKS / name).read_text(encoding="utf-8")
        back = f'<nav><a style="display: inline-block; padding: .4rem 0" href="{address(path)}">← {html.escape(title(notebook))}</a></nav>'
        (folder / name).write_text(text.replace("<body>", f"<body>\n{back}", 1), encoding="utf-8")


def quiet():
    log = logging.getLogger("pages")
    log.setLevel(logging.ERROR)
    return log


def link(arrow, neighbour):
    if not neighbour:
        return "<span></span>"
    path, notebook = neighbour
    text = html.escape(title(notebook))
    return f'<a href="{address(path)}">{f"{arrow} {text}" if arrow == "←" else f"{text} {arrow}"}</a>'


def address(path):
    return quote(path.with_suffix(".html").name)


def index_page(notebooks):
    boards = [name for _, notebook in notebooks for name in pages_linked(notebook)]
    drawing = f"<p>To draw on, with a network that reads along: {' · '.join(map(board, boards))}</p>\n" if boards else ""
    return page("javagrad", SUMMARY, f"<main><h1>javagrad</h1>\n<p>{SUMMARY} Each of these pages is a notebook as it ran, "
                                     "with exercises at its end; <code>make lab</code> opens them to be run and changed.</p>\n"
                                     f'{drawing}<div class="cards">\n{"".join(map(card, notebooks))}</div></main>')


def board(name):
    """A link to a page that a notebook wrote, by its title."""
    return f'<a href="{name}">{re.search("<title>(.*?)</title>", (NOTEBOOKS / name).read_text(encoding="utf-8"))[1]}</a>'


def card(entry):
    path, notebook = entry
    uri = picture(notebook)
    image = f'<img src="{uri}" alt="">' if uri else ""
    return (f'<a class="card" href="{address(path)}">{image}<h2>{html.escape(title(notebook))}</h2>'
            f"<p>{html.escape(summary(notebook))}</p></a>\n")


def write(site, place, text):
    """Writes a page. Its larger pictures become files, named by their content: the index shares them, and none is carried as text."""
    def as_file(found):
        picture = b64decode(found[2])
        name = f"images/{sha256(picture).hexdigest()[:16]}.{found[1]}"
        (site / name).write_bytes(picture)
        return "../" * place.count("/") + name

    (site / place).write_text(re.sub(r"data:image/(png|gif|jpeg);base64,([\w+/]{2000,}=*)", as_file, text), encoding="utf-8")


def main(folder, *executed):
    every = [(path, nbformat.read(path, as_version=4)) for path in sorted(map(Path, executed))]
    notebooks = [(path, notebook) for path, notebook in every if path.parent.name != SOLUTIONS]
    folder = Path(folder)
    shutil.rmtree(folder / "images", ignore_errors=True)
    for name in ("images", SOLUTIONS):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for (path, notebook), before, after in zip(notebooks, [None, *notebooks], [*notebooks[1:], None]):
        write(folder, address(path), notebook_page(notebook, before, after))
        copy_pages(path, notebook, folder)
    for path, notebook in every:
        if path.parent.name == SOLUTIONS:      # the notebooks link to these pages, the index does not
            write(folder, f"{SOLUTIONS}/{address(path)}", notebook_page(notebook, None, None, "../"))
    write(folder, "index.html", index_page(notebooks))
    (folder / "style.css").write_text(style(), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
