"""CODEOWNERS of GitHub or GitLab: who has to review which model's files.

The path is a checkout. Which of its files are a model's is said by patterns as
models/{model}/**; whose each file is, by the last line of CODEOWNERS that fits it, by the rules
of GitHub or of GitLab, and on GitLab in each section. Who has half of a model's files or more
owns it. Who has fewer, or has them only by a line for everything such as "* @platform", is a
hint: stated with a confidence of 0.25, and no owner to any question.

A line that GitHub would pass over is rejected, with the reason, and the others go in.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.text_files import open_text
from ownership_graph.model import nearest
from ownership_graph.readers.claims import Claim
from ownership_graph.readers.codeowners.lookup import Lookup
from ownership_graph.readers.codeowners.rules import (
    github_owners,
    gitlab_owners,
    looks_like_gitlab,
)
from ownership_graph.readers.model_paths import USUAL, models_in, recognised
from ownership_graph.readers.model_paths import model_id as id_of
from ownership_graph.records import Node, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.codeowners.lookup import Found as FoundRule
    from ownership_graph.readers.codeowners.rules import CodeOwners
    from ownership_graph.records import Properties, Record

PROVIDES = ("OWNS",)

LARGEST = 3 * 1024 * 1024
"""Bytes of a CODEOWNERS file from which on GitHub does not load it."""

_DOING = "reading CODEOWNERS"
_FOLDERS = (".github", "", "docs", ".gitlab")
_HOSTS = ("auto", "github", "gitlab")


def read(
    path: Path,
    *,
    models: tuple[str, ...] = USUAL,
    model_id: str = "{model}",
    role: str = "technical",
    host: str = "auto",
    groups: tuple[str, ...] = (),
) -> Iterator[Record]:
    """The models, and the owners that the last lines name for their files.

    Args:
        path: The checkout, or the CODEOWNERS file in it.
        models: Where models stand: patterns with {model} for the name, * and **.
        model_id: The id of a model, made of its name.
        role: The role in which an owner of code owns the model.
        host: By whose rules it is read: github, gitlab, or auto, which looks.
        groups: On GitLab, names without a slash that are groups and not users.
    """
    if host not in _HOSTS:
        raise UsageError(
            f"reading the option 'host': {shown(host)} is not one of {', '.join(_HOSTS)}."
            f"{nearest(host, _HOSTS)}"
        )
    checkout, file = _places(path)
    name = file.relative_to(checkout).as_posix()
    said, gitlab = _said(file, checkout, host)
    owner = _Names("gl" if gitlab else "gh", groups)
    for fault in said.faults:
        yield Rejected(name, fault.line, fault.why)
    yield from owner.rejected(said, name)
    lookup = Lookup(said, file=str(file), doing=_DOING)
    for model, files in models_in(checkout, models, doing=_DOING).items():
        own_id = id_of(model_id, model)
        yield Node("Model", own_id, {}, name)
        for written, claim in _claims(lookup, files, name):
            if end := owner.of(written):
                stated = {"role": role, **claim.properties(len(files))}
                yield Relationship("OWNS", *end, "Model", own_id, stated, *claim.place)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each checkout with a CODEOWNERS file, if its models stand where they usually do."""
    for file in surroundings.named("CODEOWNERS"):
        checkout = file.parent.parent if file.parent.name in _FOLDERS else file.parent
        yield recognised(checkout, "the owners of code, by CODEOWNERS", surroundings, [file])


def _places(path: Path) -> tuple[Path, Path]:
    """The checkout, and the CODEOWNERS file in it that counts."""
    if path.is_file():
        inside = path.absolute().parent
        return (inside.parent if inside.name in _FOLDERS else inside), path.absolute()
    for folder in _FOLDERS:
        file = path / folder / "CODEOWNERS"
        if file.is_file():
            return path, file
    raise SourceError(
        f"{_DOING}: no file is there. Looked for CODEOWNERS in .github, the folder itself, docs"
        " and .gitlab. Name the checkout.",
        file=str(path),
    )


def _said(file: Path, checkout: Path, host: str) -> tuple[CodeOwners, bool]:
    """What the file says, and whether GitLab's rules were taken."""
    if not file.resolve().is_relative_to(checkout.resolve()):
        raise SourceError(
            f"{_DOING}: this link leads out of the checkout. Put the file itself there.",
            file=str(file),
        )
    size = file.stat().st_size
    if size >= LARGEST:
        raise SourceError(
            f"{_DOING}: it is {size:,} bytes long, and one of {LARGEST:,} or more is not loaded"
            " by GitHub. Shorten it, with wildcards for lines that are alike.",
            file=str(file),
        )
    with open_text(file, doing=_DOING) as text:
        lines = list(text)
    gitlab = host == "gitlab" or (host == "auto" and _is_gitlab(file, checkout, lines))
    return (gitlab_owners if gitlab else github_owners)(lines), gitlab


def _is_gitlab(file: Path, checkout: Path, lines: Sequence[str]) -> bool:
    """Whether it is GitLab that reads the file: by its place, what it says, or what is beside."""
    if file.parent.name in (".github", ".gitlab"):
        return file.parent.name == ".gitlab"
    beside = (checkout / ".gitlab-ci.yml").exists() and not (checkout / ".github").exists()
    return beside or looks_like_gitlab(lines)


@dataclass(slots=True)
class _Claim(Claim):
    """What one owner has of a model, and in which sections with how many approvals."""

    sections: dict[str, int] = field(default_factory=dict)

    def properties(self, of: int) -> Properties:
        """What is stated beside the role, of a model that has so many files."""
        stated = self.confidence(of)
        if self.sections:
            stated["section"] = ", ".join(self.sections)
            stated["approvals_required"] = max(self.sections.values())
        return stated


def _claims(
    lookup: Lookup, files: Iterable[tuple[str, ...]], file: str
) -> Iterator[tuple[str, _Claim]]:
    """The owners as they are written, each with what it has of the files."""
    claims: dict[str, _Claim] = defaultdict(_Claim)
    for path in files:
        by_owner: dict[str, list[FoundRule]] = defaultdict(list)
        for each in lookup.of(path):
            for owner in each.rule.owners:
                by_owner[owner.casefold()].append(each)
        for owner, rules in by_owner.items():
            claim = claims[owner]
            claim.own += any(not each.rule.pattern.everything for each in rules)
            for each in rules:
                claim.places[file, each.rule.line] += 1
                if each.section.name:
                    claim.sections[each.section.name] = each.section.approvals
    return iter(claims.items())


class _Names:
    """Owners as they are written, to the persons and teams that they are."""

    def __init__(self, system: str, groups: Collection[str]) -> None:
        self._system = system
        self._groups = {each.removeprefix("@").casefold() for each in groups}

    def of(self, written: str) -> tuple[str, str] | None:
        """The label and id of an owner; `None` for a role, which is nobody's name."""
        if written.startswith("@@"):
            return None
        if not written.startswith("@"):
            return "Person", written
        name = written[1:]
        team = "/" in name or name in self._groups
        return ("Team" if team else "Person"), f"{self._system}:{name}"

    def rejected(self, said: CodeOwners, file: str) -> Iterator[Rejected]:
        """The roles that lines name, each once."""
        roles = {
            owner: rule.line
            for section in said.sections
            for rule in reversed(section.rules)
            for owner in rule.owners
            if owner.startswith("@@")
        }
        for role, line in sorted(roles.items(), key=lambda each: each[1]):
            yield Rejected(
                file,
                line,
                f"{shown(role)} is a role in the project and nobody's name, so it owns nothing"
                " here. Name users or groups beside it.",
            )
