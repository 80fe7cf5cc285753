"""References between the entities of a Backstage catalog, and the entities themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ownership_graph.readers.picking import table, text

DEFAULT = "default"
"""The namespace of an entity that names none."""

_NAME = r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?"
_REFERENCE = re.compile(rf"(?:(?P<kind>{_NAME}):)?(?:(?P<space>{_NAME})/)?(?P<name>{_NAME})")


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """The kind, namespace and name of an entity, in small letters, as Backstage compares them."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        """As it is written in full.

        >>> str(Reference("group", "default", "risk"))
        'group:default/risk'
        """
        return f"{self.kind}:{self.namespace}/{self.name}"


def reference(written: object, *, kind: str = "", namespace: str = DEFAULT) -> Reference | None:
    """What a reference means where `kind` and `namespace` hold for what it leaves out.

    `None` where it is none, or leaves out a kind that nothing else says.

    >>> str(reference("Risk", kind="group"))
    'group:default/risk'
    >>> str(reference("User:emea/jane", kind="group")), reference("a b", kind="group")
    ('user:emea/jane', None)
    """
    if isinstance(written, dict):
        written = "{}:{}/{}".format(
            text(written, "kind") or kind,
            text(written, "namespace") or namespace,
            text(written, "name"),
        )
    found = _REFERENCE.fullmatch(text(written).casefold())
    if found is None or not (found["kind"] or kind):
        return None
    return Reference(found["kind"] or kind, found["space"] or namespace, found["name"])


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the catalog; `data` is all that it says, `file` and `line` say where."""

    at: Reference
    data: dict[str, object]
    file: str = ""
    line: int = 0

    @property
    def type(self) -> str:
        """Which sort of its kind it is, in small letters; blank where it does not say."""
        return text(self.data, "spec", "type").casefold()

    @property
    def name(self) -> str:
        """What people call it."""
        called = text(self.data, "spec", "profile", "displayName")
        return (
            called or text(self.data, "metadata", "title") or text(self.data, "metadata", "name")
        )


def entity(data: object, *, file: str = "", line: int = 0) -> Entity | None:
    """The entity that the data describe; `None` without a kind, or a name that can be one."""
    said = table(data)
    name, kind = text(said, "metadata", "name").casefold(), text(said, "kind").casefold()
    namespace = text(said, "metadata", "namespace").casefold() or DEFAULT
    whole = reference(f"{kind}:{namespace}/{name}")
    return None if whole is None else Entity(whole, said, file, line)
