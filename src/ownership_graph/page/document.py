"""One HTML document out of the template, the widgets, the scripts and the data, under a policy.

The policy lets run and apply exactly what stands in the file, by its hash, and lets nothing be
fetched; so what a graph or a query says can never become script, style or a request.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
import zlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from ownership_graph.errors import OwnershipGraphError
from ownership_graph.page.data import embedded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

PLACES = ("header", "left", "centre", "right")
PACKED_FROM = 60_000
"""Characters of data from which they are packed with gzip."""
_GZIP = zlib.MAX_WBITS | 16

_PLACED = re.compile(r"\A<!-- place: (\w+) (\d+)\. .+? -->\n", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>\n?", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>\n?", re.DOTALL)
_BLANK = re.compile(r"\{\{(\w+)\}\}")
_VERSION = re.compile(r"@version\s+([\d.]+)")


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is HTML already; everything else is escaped when it goes into the template."""

    text: str


@dataclass(frozen=True, slots=True)
class Widget:
    """One file of `widgets/`: where it goes, and its three parts."""

    name: str
    place: str
    order: int
    markup: str
    style: str
    script: str


class DataElement:
    """The data of a page: one object, whose members are taken in and packed as they are known.

    It is never run. Much is packed, with gzip, which makes the file smaller.
    """

    def __init__(self) -> None:
        """Nothing is in it."""
        self._text = "{"
        self._packer = zlib.compressobj(wbits=_GZIP)
        self._packed: list[bytes] = []

    def add(self, members: Mapping[str, object]) -> None:
        """Take in some members, at least one."""
        begun = self._packed or len(self._text) > 1
        self._text += ("," if begun else "") + embedded(members)[1:-1]
        if len(self._text) >= PACKED_FROM:
            self._packed.append(self._packer.compress(self._text.encode()))
            self._text = ""

    def ended(self) -> str:
        """The element, when everything is in."""
        end = self._text + "}"
        if not self._packed:
            return f'<script type="application/json" id="data">{end}</script>'
        whole = b"".join(
            [*self._packed, self._packer.compress(end.encode()), self._packer.flush()]
        )
        packed = base64.b64encode(whole).decode()
        return f'<script type="application/json" id="data" data-packed="gzip">{packed}</script>'


def document(title: str, data: str) -> str:
    """The whole page; `data` is its element. The same title and data give the same text."""
    here = files("ownership_graph.page")
    widgets = sorted(
        (read_widget(each) for each in _ending(here / "widgets", ".html")),
        key=lambda widget: (PLACES.index(widget.place), widget.order, widget.name),
    )
    scripts = [each.read_text("utf-8") for each in _ending(here / "script", ".js")]
    styles = [(here / "page.css").read_text("utf-8"), *(each.style for each in widgets)]
    running = [drawing_library(), *scripts[:-1], *(each.script for each in widgets), scripts[-1]]
    blanks: dict[str, str | Markup] = {
        "policy": policy(running, styles),
        "title": title,
        "styles": Markup("\n".join(f"<style>{each}</style>" for each in styles if each)),
        "scripts": Markup("\n".join(f"<script>{each}</script>" for each in running)),
        "data": Markup(data),
    }
    for place in PLACES:
        parts = (each.markup for each in widgets if each.place == place)
        blanks[place] = Markup("\n".join(parts))
    return filled((here / "page.html").read_text("utf-8"), blanks)


def filled(template: str, blanks: Mapping[str, str | Markup]) -> str:
    """The template with its blanks filled, in one pass: what is put in is not looked at again.

    >>> filled("<p>{{x}}</p>", {"x": "<b>{{x}}"})
    '<p>&lt;b&gt;{{x}}</p>'
    """

    def put(found: re.Match[str]) -> str:
        value = blanks[found[1]]
        return value.text if isinstance(value, Markup) else html.escape(value)

    return _BLANK.sub(put, template)


def policy(scripts: Sequence[str], styles: Sequence[str]) -> str:
    """A Content-Security-Policy that allows these scripts and styles and nothing else."""
    run = " ".join(f"'{_hash(each)}'" for each in scripts)
    look = " ".join(f"'{_hash(each)}'" for each in styles if each)
    return (
        f"default-src 'none'; script-src {run}; style-src {look}; img-src data: blob:;"
        " base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def read_widget(file: Traversable) -> Widget:
    """A widget's file taken apart; its first line says where it goes, and what it is for."""
    text = file.read_text("utf-8")
    placed = _PLACED.match(text)
    if placed is None or placed[1] not in PLACES:
        raise OwnershipGraphError(
            f"making the page: {file.name} does not begin with '<!-- place: PLACE NUMBER. … -->'."
            f" PLACE is one of {', '.join(PLACES)}."
        )
    body = text[placed.end() :]
    return Widget(
        file.name,
        placed[1],
        int(placed[2]),
        _SCRIPT.sub("", _STYLE.sub("", body)).strip(),
        "".join(_STYLE.findall(body)),
        "".join(_SCRIPT.findall(body)),
    )


def drawing_library(kept: Traversable | None = None) -> str:
    """The newest vis-network script of a folder; by default of what the installed pyvis brings."""
    kept = kept or files("pyvis") / "templates" / "lib"
    found = [each / "vis-network.min.js" for each in kept.iterdir() if "vis-" in each.name]
    scripts = [file.read_text("utf-8") for file in found if file.is_file()]
    if not scripts:
        raise OwnershipGraphError(
            "making the page: the installed pyvis holds no vis-network script."
            " Install pyvis 0.3.2, which does."
        )
    newest = max(scripts, key=_version)
    return re.sub(r"\n//# sourceMappingURL=\S+\s*\Z", "\n", newest)


def _version(script: str) -> tuple[int, ...]:
    """The version that a script says it is; () where it says none."""
    said = _VERSION.search(script, 0, 2000)
    return tuple(int(part) for part in said[1].split(".") if part) if said else ()


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _ending(folder: Traversable, ending: str) -> list[Traversable]:
    """The files of a folder with that ending, by name."""
    return sorted(
        (each for each in folder.iterdir() if each.name.endswith(ending)),
        key=lambda each: each.name,
    )
