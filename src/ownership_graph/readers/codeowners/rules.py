"""The lines of a CODEOWNERS file, as GitHub or GitLab understands them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.codeowners.patterns import (
    Pattern,
    PatternError,
    github_pattern,
    gitlab_pattern,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEFAULT = "codeowners"
"""What GitLab calls the section of the lines before the first heading."""

_BLANK = re.compile(r"(?<!\\)\s+")
_GITHUB_OWNER = re.compile(r"@[A-Za-z0-9_-]+(?:/[\w.-]+)?|[^@\s]+@[^@\s]+\.[^@\s]+")
_GITLAB_OWNER = re.compile(
    r"(?<![\w@])@@?\w[\w.-]*(?:/\w[\w.-]*)*(?<![.-])|(?<!\w)\w[^@\s]{0,99}@[^@\s]{1,255}(?<!\W)"
)
_HEADING = re.compile(
    r"(?P<optional>\^)?\[(?P<name>.*?)\](?:\[(?P<approvals>\d*?)\])?(?P<owners>\s+[@\w.\-/\s+]*)?"
)
_LONE_HEADING = re.compile(r"\^?\[[^\]]+\](?:\[\d*\])?(?:\s+@.*)?")
_MOST_APPROVALS = 1_000_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One line that counts: whose the paths are that its pattern fits.

    No `owners` means nobody's. `excludes` takes the paths out of the section for good.
    """

    line: int
    pattern: Pattern
    owners: tuple[str, ...]
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Rules of which the last that fits counts; each section has its own say.

    GitHub knows one, without a `name`. `approvals` is how many of the owners must agree to a
    change: none where the section is optional, and none stated where there is no name.
    """

    name: str
    rules: list[Rule] = field(default_factory=list)
    approvals: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """A line, or a part of one, that was left out, and why."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """What a file says."""

    sections: tuple[Section, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """The heading under which GitLab's lines stand."""

    key: str
    name: str = ""
    owners: tuple[str, ...] = ()
    approvals: int = 1
    optional: bool = False


def looks_like_gitlab(lines: Iterable[str]) -> bool:
    """Whether a line says what only GitLab understands: a heading, an exclusion, a role."""
    return any(map(_only_gitlab, lines))


def _only_gitlab(line: str) -> bool:
    text, _, _ = line.strip().partition(" #")
    if text.startswith("#"):
        return False
    owners = text.split()[1:]
    return bool(
        text.startswith("!")
        or _LONE_HEADING.fullmatch(text)
        or any(
            each.startswith("@") and (each[1:2] == "@" or each.count("/") > 1) for each in owners
        )
    )


def github_owners(lines: Iterable[str]) -> CodeOwners:
    """What the lines say on GitHub: a line with a mistake is passed over, as GitHub does it.

    >>> [section] = github_owners(["*.js @js # comment", "/apps/github"]).sections
    >>> [(each.line, each.owners) for each in section.rules]
    [(1, ('@js',)), (2, ())]
    """
    section, faults = Section(""), []
    for number, line in _lines(lines):
        text, *owners = _words(line)
        wrong = next((each for each in owners if not _GITHUB_OWNER.fullmatch(each)), "")
        try:
            pattern = github_pattern(text)
        except PatternError as error:
            faults.append(Fault(number, f"the pattern {shown(text)} {error}. {_PASSED_OVER}"))
            continue
        if wrong:
            faults.append(Fault(number, f"{shown(wrong)} {_NO_OWNER} {_PASSED_OVER}"))
            continue
        section.rules.append(Rule(number, pattern, tuple(owners)))
    return CodeOwners((section,), tuple(faults))


def gitlab_owners(lines: Iterable[str]) -> CodeOwners:
    """What the lines say on GitLab: in sections, of which each one has its own owners.

    >>> read = gitlab_owners(["* @all", "^[Docs][2] @writers", "docs/", "!docs/old/"])
    >>> [(each.name, each.approvals, len(each.rules)) for each in read.sections]
    [('', 1, 1), ('Docs', 0, 2)]
    """
    here = _Heading(DEFAULT)
    sections: dict[str, Section] = {DEFAULT: Section("", approvals=1)}
    optional: dict[str, set[bool]] = {DEFAULT: {False}}
    faults: list[Fault] = []
    for number, line in _lines(lines):
        heading = _heading(line)
        if heading:
            here = heading
            known = sections.setdefault(here.key, Section(here.name))
            most = max(known.approvals, here.approvals)
            sections[here.key] = replace(known, approvals=most)
            continue
        try:
            rule, wrong = _gitlab_rule(number, line, here.owners)
        except PatternError as error:
            faults.append(Fault(number, f"the pattern {error}. It was passed over."))
            continue
        sections[here.key].rules.append(rule)
        optional.setdefault(here.key, set()).add(here.optional)
        if wrong:
            faults.append(Fault(number, wrong))
    found = (
        replace(each, approvals=0) if optional.get(key) == {True} else each
        for key, each in sections.items()
    )
    return CodeOwners(tuple(each for each in found if each.rules), tuple(faults))


_PASSED_OVER = "GitHub passes over the whole line, and so does the import: mend it."
_NO_OWNER = "is neither @user, @organisation/team nor an address."


def _lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The lines that are neither blank nor a comment, with their numbers."""
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            yield number, text


def _words(line: str) -> Iterator[str]:
    """The pattern and the owners, up to a comment."""
    for word in _BLANK.split(line):
        if word.startswith("#"):
            return
        yield word


def _heading(line: str) -> _Heading | None:
    """The heading that a line is; a name is the same whatever its case."""
    found = _HEADING.match(line)
    if not found:
        return None
    name = found["name"]
    return _Heading(
        name.casefold(),
        name,
        tuple(_GITLAB_OWNER.findall(found["owners"] or "")),
        min(max(int((found["approvals"] or "1")[:9]), 1), _MOST_APPROVALS),
        optional=bool(found["optional"]),
    )


def _gitlab_rule(number: int, line: str, default: tuple[str, ...]) -> tuple[Rule, str]:
    """A line that is no heading, and what is wrong with it.

    GitLab knows no comment behind owners: whom one names is an owner, too.
    """
    text = _BLANK.split(line, maxsplit=1)[0]
    if text.startswith("!"):
        return Rule(number, gitlab_pattern(text[1:]), (), excludes=True), ""
    said = line[len(text) :].strip()
    owners = tuple(dict.fromkeys(_GITLAB_OWNER.findall(said)))
    words = said.partition("#")[0].split()
    wrong = next((each for each in words if not _GITLAB_OWNER.search(each)), "")
    why = f"{shown(wrong)} {_GITLAB_NO_OWNER}" if wrong else ""
    return Rule(number, gitlab_pattern(text), owners if said else default), why


_GITLAB_NO_OWNER = (
    "is neither @user, @group, @@role nor an address. GitLab passes over it, and so does the"
    " import: take it out, or write it with an @."
)
