"""Patterns for paths as CODEOWNERS files write them, matched in time that no pattern can stretch.

Neither GitHub's nor GitLab's are those of .gitignore, and they differ from each other: `docs`
is the folder and all below it to GitHub and only a file to GitLab; `a/b` is at the root to
GitHub and anywhere to GitLab; `[ab]` is a mistake to GitHub and one of two letters to GitLab.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Ending:
    """A part that ends so, as `*.py`: most wildcards are such."""

    text: str


Part: TypeAlias = "str | Ending | re.Pattern[str] | None"
"""One part of a path: a text is itself, `None` any parts or none at all."""

LONGEST = 4_096
"""Characters of the longest pattern: no path is longer."""

_ANY = re.compile(r"(?s:.+)")
_ENDING = re.compile(r"\*+([^*?\[\]\\]+)")
_TOKEN = re.compile(r"\\(?P<escaped>.)|(?P<many>\*+)|(?P<one>\?)|\[(?P<set>[^\]]*)\]|.", re.DOTALL)


class PatternError(ValueError):
    """A pattern that is a mistake; the text is the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern taken apart at its slashes."""

    parts: tuple[Part, ...]

    @property
    def everything(self) -> bool:
        """Whether it fits every path."""
        return {*self.parts} == {None, _ANY} and self.parts.count(_ANY) == 1

    @property
    def start(self) -> tuple[str, ...]:
        """The parts with which every path begins that it fits."""
        plain = next((n for n, each in enumerate(self.parts) if not isinstance(each, str)), None)
        return self.parts[:plain]  # type: ignore[return-value]  # all before it are texts

    @property
    def inside(self) -> str:
        """A part that every path has which it fits, or an empty text."""
        return next((each for each in self.parts if isinstance(each, str)), "")

    @property
    def ending(self) -> str:
        """What a part of every path ends with which it fits, or an empty text."""
        return next((each.text for each in self.parts if isinstance(each, Ending)), "")

    def fits(self, path: Sequence[str]) -> bool:
        """Whether it fits a path, given by its parts.

        Only the last `None` is ever tried again, which is enough: the parts before it are
        found at their first place, so no pattern takes longer than parts times parts.
        """
        parts, here, there = self.parts, 0, 0
        again, from_there = -1, 0
        while there < len(path):
            if here < len(parts) and parts[here] is None:
                again, from_there = here, there
                here += 1
            elif here < len(parts) and _is(parts[here], path[there]):
                here, there = here + 1, there + 1
            elif again >= 0:
                from_there += 1
                here, there = again + 1, from_there
            else:
                return False
        return all(each is None for each in parts[here:])


def github_pattern(text: str) -> Pattern:
    """A pattern by GitHub's rules.

    Raises:
        PatternError: GitHub would skip the line.

    >>> github_pattern("docs/*").fits(["docs", "a.md"])
    True
    >>> github_pattern("docs/*").fits(["docs", "api", "a.md"])
    False
    """
    _refuse(text)
    anchored = "/" in text.rstrip("/")
    written = text.strip("/").split("/")
    parts: list[Part] = [] if anchored else [None]
    parts += [None if each == "**" else _part(each) for each in written]
    if text.endswith("/") or written[-1] == "**":
        return Pattern((*parts, _ANY, None) if parts[-1] is not None else (*parts, _ANY))
    return Pattern(tuple(parts) if written[-1] == "*" else (*parts, None))


def gitlab_pattern(text: str) -> Pattern:
    """A pattern by GitLab's rules: Ruby's `fnmatch`, with `**/` for any depth.

    Raises:
        PatternError: no path is so long.

    >>> gitlab_pattern("internal/README.md").fits(["docs", "internal", "README.md"])
    True
    >>> gitlab_pattern("docs").fits(["docs", "a.md"])
    False
    """
    _refuse_long(text)
    floats = [] if text.startswith("/") else ["**"]
    written = [*floats, *text.removeprefix("/").removesuffix("/").split("/")]
    if text.endswith("/"):
        written = [*(written if written[-1] else written[:-1]), "**", "*"]
    *folders, last = [re.sub(r"\\\s+", " ", each) for each in written]
    parts = [None if each == "**" else _part(each) for each in folders]
    return Pattern((*parts, _part(last)))


def _refuse(text: str) -> None:
    """Refuse what GitHub refuses, by its documentation."""
    _refuse_long(text)
    bare = re.sub(r"\\.", "", text)
    if text.startswith("!"):
        raise PatternError("begins with '!', and GitHub knows no exclusions")
    if "[" in bare or "]" in bare:
        raise PatternError("holds brackets, and GitHub knows no sets of letters")
    if "***" in bare:
        raise PatternError("holds three stars in a row")
    if text.startswith("\\#"):
        raise PatternError("begins with '\\#', which GitHub does not take for a '#'")
    if not text.strip("/"):
        raise PatternError("names no path")


def _refuse_long(text: str) -> None:
    if len(text) > LONGEST:
        raise PatternError(f"has {len(text):,} characters, more than any path")


def _is(part: Part, text: str) -> bool:
    if isinstance(part, str):
        return part == text
    if isinstance(part, Ending):
        return text.endswith(part.text)
    return part is None or part.fullmatch(text) is not None


def _part(text: str) -> Part:
    """One part of a path: a text where it has no wildcard, else a regular expression.

    What follows a star is found at its first place and not tried again, so that a part with
    many stars takes no longer than its letters times those of the path.
    """
    if text and not text.strip("*"):
        return _ANY
    if ending := _ENDING.fullmatch(text):
        return Ending(ending[1])
    runs: list[list[str]] = [[]]
    plain = True
    for found in _TOKEN.finditer(text):
        if found["many"]:
            runs.append([])
        elif found["set"] is not None:
            runs[-1].append(_set(found["set"]))
        elif found["one"]:
            runs[-1].append(".")
        else:
            runs[-1].append(re.escape(found["escaped"] or found[0]))
            continue
        plain = False
    if plain:
        return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
    return _compiled(["".join(each) for each in runs])


def _compiled(runs: list[str]) -> re.Pattern[str]:
    """A regular expression for runs that are parted by stars."""
    first, *others = runs
    if not others:
        return re.compile(f"(?s:{first})")
    *middle, last = others
    found = "".join(f"(?>.*?{each})" for each in middle)
    return re.compile(f"(?s:{first}{found}.*{last})")


def _set(inside: str) -> str:
    """What stands in brackets, as a regular expression; an empty set fits nothing."""
    negated = inside.startswith(("!", "^"))
    letters = "".join(_ranges(inside[negated:]))
    if not letters:
        return "." if negated else "(?!)"
    return f"[{'^' if negated else ''}{letters}]"


def _ranges(inside: str) -> Iterable[str]:
    """The ranges and letters of a set; a range that runs backwards fits nothing."""
    for found in re.finditer(r"(.)-(.)|(.)", inside, re.DOTALL):
        low, high, letter = found.groups()
        if letter:
            yield re.escape(letter)
        elif low <= high:
            yield f"{re.escape(low)}-{re.escape(high)}"
