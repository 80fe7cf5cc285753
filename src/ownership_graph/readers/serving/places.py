"""Where something is named: `label:model`, `env:MODEL_NAME`, `image=*/{model}`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.people import stated

if TYPE_CHECKING:
    from ownership_graph.readers.serving.values import Running

LONGEST = 300
"""Characters of a value that is held against a pattern."""

_WITH_KEY = ("label", "annotation", "env", "arg")
_ALONE = ("name", "image", "uri", "namespace")
_PIECE = re.compile(r"(\{model\}|\*)")
_LIVE = frozenset({"prod", "production", "prd", "live"})
_NOT_QUITE = frozenset({"pre", "non", "not", "no", "post", "like"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place, and the pattern that what stands there must fit, if one was given."""

    key: str
    pattern: re.Pattern[str] | None = None

    @classmethod
    def parse(cls, written: str, *, option: str) -> Place:
        """The place that somebody wrote.

        >>> Place.parse("label:app=model-{model}", option="model").key
        'label:app'

        Raises:
            UsageError: there is no such place, or the pattern names no model.
        """
        key, parted, pattern = written.partition("=")
        kind, _, rest = key.partition(":")
        if (kind in _WITH_KEY) != bool(rest) or kind not in (*_WITH_KEY, *_ALONE):
            raise UsageError(
                f"reading the option '{option}': {shown(written)} is no place. Write"
                " label:KEY, annotation:KEY, env:NAME, arg:--NAME, name, namespace, image or uri;"
                " and perhaps a pattern behind it, as in name={model}-endpoint."
            )
        if parted and pattern.count("{model}") != 1:
            raise UsageError(
                f"reading the option '{option}': the pattern {shown(pattern)} says {{model}}"
                " not once. Write it as in name={model}-endpoint."
            )
        return cls(key, _compiled(pattern) if parted else None)

    def values(self, running: Running) -> list[str]:
        """What stands there, or what the pattern takes out of it; each once, and no "TBD"."""
        found = (stated(self._taken(each.strip())) for each in running.said.get(self.key, ()))
        return list(dict.fromkeys(each for each in found if each))

    def _taken(self, value: str) -> str:
        if self.pattern is None:
            return value
        fits = self.pattern.fullmatch(value) if len(value) <= LONGEST else None
        return fits["model"] if fits else ""


def _compiled(pattern: str) -> re.Pattern[str]:
    meaning = {"*": ".*", "{model}": "(?P<model>[^/:@]+)"}
    pieces = (meaning.get(each) or re.escape(each) for each in _PIECE.split(pattern))
    return re.compile("".join(pieces))


def is_production(where: str) -> bool:
    """Whether one of the words of a namespace or an environment says production.

    >>> [is_production(each) for each in ("ml-prod", "Live", "pre-prod", "products")]
    [True, True, False, False]
    """
    words = set(re.split(r"[\W_]+", where.casefold()))
    return bool(words & _LIVE) and not words & _NOT_QUITE
