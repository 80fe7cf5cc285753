"""Events out of XES, the XML of IEEE 1849, read as a stream."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from lxml import etree

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.text_files import open_chunks
from ownership_graph.readers.event_logs.events import DOING, Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ownership_graph.readers.event_logs.events import Batch, Clock

LONGEST_SILENCE = 64 * 1024 * 1024
"""Bytes that may pass without the end of an event or a trace: what is in no event is kept."""

_START = 65_536
_KEYS = {
    "case": "concept:name",
    "activity": "concept:name",
    "time": "time:timestamp",
    "start": "",
    "resource": "org:resource",
    "group": "org:group",
    "lifecycle": "lifecycle:transition",
    "model": "",
}
_SAFELY: Mapping[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}


def events_in_xes(path: Path, named: Mapping[str, str], clock: Clock) -> Iterator[Batch]:
    """The events of each trace; without a key of the model the trace is one.

    A model is looked for in the event, then in its trace.

    Raises:
        SourceError: it is no XML, no XES, cut off, or has a document type.
    """
    keys = {**_KEYS, **named}
    reader = _Reader(keys, clock, path.name)
    with _told(path), open_chunks(path, doing=DOING) as chunks:
        parser = etree.XMLPullParser(events=("end",), tag=("{*}event", "{*}trace"), **_SAFELY)
        first, since = next(chunks, b""), 0
        _check_root(first[:_START], str(path))
        for chunk in chain([first], chunks):
            since += len(chunk)
            parser.feed(chunk)
            for _, element in parser.read_events():
                since = 0
                reader.ended(element)
            yield reader.batch()
            if since > LONGEST_SILENCE:
                raise SourceError(
                    f"{DOING}: for {since:,} bytes no event ended. This is no event log.",
                    file=str(path),
                )
        parser.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell of a fault of the XML."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise SourceError(
            f"{DOING}: the XML is damaged, or cut off: {brief(error)}. Get it again.",
            file=str(path),
            line=error.lineno or 0,
        ) from error


def _check_root(start: bytes, file: str) -> None:
    """Check that a log begins there, and that nothing in it is made of other texts."""
    parser = etree.XMLPullParser(events=("start",), **_SAFELY)
    parser.feed(start)
    root = next((element for _, element in parser.read_events()), None)
    if root is None or etree.QName(root).localname != "log":
        found = "no element" if root is None else f"<{brief(etree.QName(root).localname)}>"
        raise SourceError(
            f"{DOING}: it begins with {found}, and XES begins with <log>. Is it another XML?",
            file=file,
        )
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(
            f"{DOING}: it has a document type (<!DOCTYPE>), which XES does not need and which can"
            " hide anything. Take it out.",
            file=file,
            line=1,
        )


class _Reader(Taken):
    """Makes events of the elements, and forgets each element at its end."""

    def __init__(self, keys: Mapping[str, str], clock: Clock, file: str) -> None:
        super().__init__(clock, file)
        self._keys = keys
        self._traces = 0
        self._trace: etree._Element | None = None
        self._of_trace: dict[str, str] = {}

    def ended(self, element: etree._Element) -> None:
        """Take what the end of an event or of a trace tells."""
        parent = element.getparent()
        if etree.QName(element).localname == "trace":
            self._trace = None
        else:
            if parent is not self._trace:
                self._begin(parent)
            self._take(element)
        element.clear()
        while parent is not None and parent[0] is not element:
            del parent[0]

    def _begin(self, trace: etree._Element | None) -> None:
        """A trace begins: what is said of it stands before its events."""
        self._trace = trace
        self._traces += 1
        self._of_trace = {} if trace is None else _attributes(trace)

    def _take(self, element: etree._Element) -> None:
        """Take an event, or why there is none."""
        said, keys = _attributes(element), self._keys
        case = self._of_trace.get(keys["case"], "").strip() or f"trace {self._traces}"
        span = self.clock.span(said.get(keys["time"], ""), said.get(keys["start"], ""))
        model = case
        if keys["model"]:
            model = said.get(keys["model"]) or self._of_trace.get(keys["model"], "")
        line = element.sourceline or 0
        if isinstance(span, str):
            self.reject(line, span)
        elif not model.strip():
            self.reject(
                line, "it and its trace name no model: nobody can tell on what it was work."
            )
        else:
            self.take((
                case, model.strip(), said.get(keys["activity"], ""),
                said.get(keys["lifecycle"], ""), *span,
                said.get(keys["resource"], ""), said.get(keys["group"], ""), line,
            ))  # fmt: skip


def _attributes(element: etree._Element) -> dict[str, str]:
    """What is said of an event or a trace, by key; what is nested in that is passed over."""
    return {each.get("key", ""): each.get("value", "") for each in element}
