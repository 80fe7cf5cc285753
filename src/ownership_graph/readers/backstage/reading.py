"""Where the entities of a catalog are read: files with what they point at, or the API."""

from __future__ import annotations

import os
import re
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.backstage.references import Entity, Reference, entity
from ownership_graph.readers.documents import Document, read_json, read_yaml
from ownership_graph.readers.numbers import whole_in
from ownership_graph.readers.picking import at, text, texts
from ownership_graph.readers.walking import files_under
from ownership_graph.records import Partial, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ownership_graph.readers.web import Site

Read: TypeAlias = Entity | Rejected | Partial

DOING = "reading the Backstage catalog"
FIELDS = (
    "kind,metadata.namespace,metadata.name,metadata.title,spec.type,spec.lifecycle,spec.profile,"
    "spec.owner,relations"
)
"""What is asked of the API: definitions of APIs are megabytes, and nothing to us."""

_NO_ENTITY = "a template, of which entities are made, is none itself. It was passed over."
_TEMPLATE = re.compile(rb"^\s*name: *['\"]?\$?\{\{", re.MULTILINE)
_START = 65_536
"""Bytes of a file in which a name stands."""


def from_files(path: Path, patterns: Sequence[str]) -> Iterator[Read]:
    """The entities in a file, or in the files of a folder, and in files that they point at.

    Of several files one that cannot be read makes the source partial.
    """
    if not path.is_dir():
        files = _Files(path.absolute().parent, deque([path.absolute()]), alone=True)
    else:
        found = files_under(path, *patterns, doing=DOING)
        if not found:
            raise SourceError(
                f"{DOING}: no file is there. Looked for {', '.join(patterns)}; say with 'files'"
                " how yours are called.",
                file=str(path),
            )
        files = _Files(path, deque(found))
    yield from files.read()


@dataclass(slots=True)
class _Files:
    """Files that are still to be read; `alone` where the first is all that was named."""

    root: Path
    ahead: deque[Path]
    alone: bool = False
    _known: set[Path] = field(default_factory=set)

    def read(self) -> Iterator[Read]:
        """What stands in them."""
        self._known.update(map(_place, self.ahead))
        while self.ahead:
            file = self.ahead.popleft()
            name = file.relative_to(self.root).as_posix()
            try:
                documents = list(_documents(file))
            except SourceError as error:
                if self.alone and len(self._known) == 1:
                    raise
                yield (
                    Rejected(name, error.line, _NO_ENTITY)
                    if error.line and _is_template(file)
                    else Partial(error.message, name, error.line)
                )
                continue
            for document in documents:
                yield from self._entities(document, file, name)

    def _entities(self, document: Document, file: Path, name: str) -> Iterator[Read]:
        found = entity(document.data, file=name, line=document.line)
        if found is None:
            why = "an entity has no kind, or no metadata.name that can be one. Mend it."
            yield Rejected(name, document.line, _NO_ENTITY if _is_template(file) else why)
        elif found.at.kind == "location":
            yield from self._follow(found, file)
        else:
            yield found

    def _follow(self, location: Entity, file: Path) -> Iterator[Rejected]:
        """Read the files that a location points at, too; what lies elsewhere is not ours."""
        spec = at(location.data, "spec")
        for target in (*texts(spec, "target"), *texts(spec, "targets")):
            if "://" in target:
                continue
            wild = "*" in target and ".." not in target and not target.startswith("/")
            files = sorted(file.parent.glob(target)) if wild else [file.parent / target]
            for each in files:
                yield from self._add(each, target, location)

    def _add(self, file: Path, target: str, location: Entity) -> Iterator[Rejected]:
        whole, root = _place(file), _place(self.root)
        why = ""
        if not whole.is_relative_to(root):
            why = "leads out of the folder, and was not read. Name a folder that holds both."
        elif not whole.is_file():
            why = "is not there. Mend the target."
        elif whole not in self._known:
            self._known.add(whole)
            self.ahead.append(self.root / whole.relative_to(root))
        if why:
            yield Rejected(location.file, location.line, f"the target {shown(target)} {why}")


def _place(file: Path) -> Path:
    """Where the file truly lies; of links that go round in a circle one of them."""
    return Path(os.path.realpath(file))


def _is_template(file: Path) -> bool:
    """Whether a name in it is still to be filled in, as in a software template's skeleton."""
    with file.open("rb") as raw:
        return _TEMPLATE.search(raw.read(_START)) is not None


def _documents(file: Path) -> Iterator[Document]:
    """The documents of a YAML file, or what an export in JSON lists."""
    if file.suffix.casefold() != ".json":
        yield from read_yaml(file, doing=DOING)
        return
    data = read_json(file, doing=DOING)
    listed = at(data, "items") if isinstance(data, dict) else data
    yield from (
        Document(each, str(file), 0) for each in (listed if isinstance(listed, list) else [data])
    )


def from_site(site: Site, page_size: int) -> Iterator[Read]:
    """The entities that the API gives, page by page, and whether these were all.

    Raises:
        SourceError: an answer could not be had, or is no list of entities.
    """
    if page_size < 1:
        raise UsageError(f"{DOING}: {page_size} at a time are no page. Ask for 500, the usual.")
    total, cursors = 0, {""}
    known: set[Reference] = set()
    nameless = 0
    asked: dict[str, str | int] = {"fields": FIELDS}
    while asked:
        answer = site.get("entities/by-query", {**asked, "limit": page_size}).data
        items = at(answer, "items")
        if not isinstance(items, list):
            raise SourceError(
                f"{DOING}: {site.url}: the answer is no list of entities. The address is that of"
                " the catalog's API, as https://host/api/catalog."
            )
        total = max(total, whole_in(text(answer, "totalItems")) or 0)
        for each in _given(items):
            nameless += isinstance(each, Rejected)
            if not isinstance(each, Entity) or each.at not in known:
                yield each
            if isinstance(each, Entity):
                known.add(each.at)
        cursor = text(answer, "pageInfo", "nextCursor")
        asked = {} if cursor in cursors else {"fields": FIELDS, "cursor": cursor}
        cursors.add(cursor)
    count = len(known) + nameless
    if count < total:
        yield Partial(
            f"{DOING}: {site.url}: it says that there are {total:,} entities, and gave {count:,}."
            " They changed meanwhile, or its pages do not fit together. Import it again.",
            "entities",
        )


def _given(items: Iterable[object]) -> Iterator[Read]:
    for each in items:
        found = entity(each, file="entities")
        if found is None:
            named = shown(text(each, "metadata", "name"))
            yield Rejected("entities", 0, f"the entity {named} has no kind, or no name. Mend it.")
        else:
            yield found
