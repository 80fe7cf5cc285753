"""Which model a request is about, by what a field of it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import brief, shown
from ownership_graph.readers.people import stated
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "{model}"

LONGEST = 1_000
"""Characters of the longest text in which a model is looked for."""

_MOST_STARS = 3
_MOST_NAMED = 3
_TOKEN = re.compile(r"\{model\}|\*|[^*{]+|\{")


@dataclass
class Models:
    """The models that requests name in one of their fields, and the requests that name none.

    `where` is that field and `pattern` what it says, with `{model}` for the model's name and
    `*` for any text; `model_id` is what is made of the name.

    >>> Models("summary", "Release {model} *", "model:{model}").named("Release fraud to all")
    ('model:fraud',)

    Raises:
        UsageError: one of the two has no `{model}`, or too many stars.
    """

    where: str
    pattern: str = NAME
    model_id: str = NAME
    linked: int = field(default=0, init=False)
    unlinked: list[str] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        """Look at the patterns before anything is read."""
        for option, written in (("model_pattern", self.pattern), ("model_id", self.model_id)):
            if written.count(NAME) != 1:
                raise UsageError(
                    f"reading the option '{option}': {shown(written)} does not say where the"
                    f" model's name stands. Write {NAME} there, once."
                )
        if self.pattern.count("*") > _MOST_STARS:
            raise UsageError(
                f"reading the option 'model_pattern': {shown(self.pattern)} has more than"
                f" {_MOST_STARS} stars. One stands for any text."
            )
        made = {NAME: "(?P<model>.+?)", "*": ".*?"}
        parts = (each[0] for each in _TOKEN.finditer(self.pattern))
        self._fits = re.compile(
            "".join(made.get(each) or re.escape(each) for each in parts),
            re.IGNORECASE | re.DOTALL,
        ).fullmatch

    def named(self, *said: str) -> tuple[str, ...]:
        """The ids of the models that these texts name; a text that names none is passed over."""
        found = (self._fits(each.strip()[:LONGEST]) for each in said if stated(each))
        names = (stated(each["model"]) for each in found if each)
        return tuple(dict.fromkeys(self.model_id.replace(NAME, each) for each in names if each))

    def of(self, request: str, said: Iterable[str]) -> tuple[str, ...]:
        """The same, and counted: a request that names none is told of in the end."""
        models = self.named(*said)
        if models:
            self.linked += 1
        else:
            self.unlinked.append(request)
        return models

    def told(self, file: str) -> Iterator[Rejected]:
        """How many requests name no model, in one sentence; nothing where all do."""
        if self.unlinked:
            count, some = len(self.unlinked), ", ".join(map(brief, self.unlinked[:_MOST_NAMED]))
            yield Rejected(
                file,
                0,
                f"{count:,} of {count + self.linked:,} requests name no model in"
                f" {shown(self.where)} (as {shown(self.pattern)}), such as {some}. They were left"
                " out. Ask for less, or say with --model-field and --model-pattern what links a"
                " request to its model.",
            )
