"""OWNERS of Kubernetes: who approves and reviews which model; and sigs.yaml: who leads what.

The path is a checkout with OWNERS files, with sigs.yaml, or with both; or a sigs.yaml alone.
Which files are a model's is said by patterns as models/{model}/**. The nearest OWNERS file that
names approvers says who approves a file, and those above it add to that unless it says
no_parent_owners. Who approves half of a model's files or more by the nearest one owns it. Who
does so only from further up, or by the file at the root, which is for everything, is a hint:
stated with a confidence of 0.25, and no owner to any question. The same holds for reviewers.
Who is emeritus is stated with a confidence of 0.

A name of OWNERS_ALIASES is a team, with its members. Names that are none are rejected.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.errors import SourceError
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.claims import Claim
from ownership_graph.readers.documents import read_yaml
from ownership_graph.readers.kubernetes.community import groups_in
from ownership_graph.readers.kubernetes.names import Names
from ownership_graph.readers.kubernetes.owners_files import (
    ALIASES,
    OWNERS,
    OwnersFile,
    OwnersFiles,
    read_aliases,
)
from ownership_graph.readers.model_paths import USUAL, models_in, recognised
from ownership_graph.readers.model_paths import model_id as id_of
from ownership_graph.records import Node, Promise, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Properties, Record

PROVIDES: tuple[str, ...] = ()

_DOING = "reading OWNERS files"
_SIGS = "sigs.yaml"
_Files: TypeAlias = "Sequence[tuple[str, ...]]"
_Share: TypeAlias = tuple[str, str]
"""A role in OWNERS, and a name in small letters."""
_Claims: TypeAlias = "dict[_Share, _Claim]"


def read(
    path: Path,
    *,
    models: tuple[str, ...] = USUAL,
    model_id: str = "{model}",
    approver_role: str = "responsible",
    reviewer_role: str = "technical",
) -> Iterator[Record]:
    """The models with their owners, and the groups of the community.

    Args:
        path: The checkout, or a sigs.yaml.
        models: Where models stand: patterns with {model} for the name, * and **.
        model_id: The id of a model, made of its name.
        approver_role: The role in which an approver owns the model.
        reviewer_role: The role in which a reviewer owns the model.
    """
    groups = path if path.is_file() else path / _SIGS
    if groups.is_file():
        yield from _groups(groups)
    owned = path.is_dir() and next(path.rglob(OWNERS), None) is not None
    if not owned and not groups.is_file():
        raise SourceError(
            f"{_DOING}: neither a file called {OWNERS} is there, nor {_SIGS}. Name the checkout.",
            file=str(path),
        )
    if owned:
        roles = {"approvers": approver_role, "reviewers": reviewer_role}
        names = Names(read_aliases(path, doing=_DOING))
        files = OwnersFiles(path, _DOING)
        for model, its in models_in(path, models, doing=_DOING).items():
            own_id = id_of(model_id, model)
            yield Node("Model", own_id, {}, OWNERS)
            yield from _owners(own_id, its, files, roles, names)
        yield from names.teams()
        yield from (Rejected(*each) for each in files.faults)
        yield Promise("OWNS")


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The checkout of the topmost OWNERS file, and each sigs.yaml that is in none."""
    roots: list[Path] = []
    for file in sorted(surroundings.named(OWNERS), key=lambda each: len(each.parts)):
        if not any(file.is_relative_to(each) for each in roots):
            roots.append(file.parent)
            groups = [each for each in surroundings.named(_SIGS) if each.parent == file.parent]
            said = [*surroundings.named(OWNERS, ALIASES), *groups]
            yield recognised(
                file.parent,
                "the approvers and reviewers of code, by OWNERS",
                surroundings,
                [each for each in said if each.is_relative_to(file.parent)],
            )
    for file in surroundings.named(_SIGS):
        if file.parent not in roots:
            yield Found(file, "the groups of a community and who leads them")


@dataclass(slots=True)
class _Claim(Claim):
    """What one owner has of a model, and how the name was first written."""

    written: str = ""


def _groups(file: Path) -> Iterator[Record]:
    if file.is_symlink():
        raise SourceError(
            f"{_DOING}: a link is not followed. Name the file itself.", file=str(file)
        )
    for document in read_yaml(file, doing=_DOING):
        yield from groups_in(document, file.name)


def _owners(
    own_id: str, its: _Files, files: OwnersFiles, roles: Mapping[str, str], names: Names
) -> Iterator[Record]:
    """Who owns a model with those files, and who once did."""
    claims: _Claims = defaultdict(_Claim)
    before: dict[_Share, tuple[str, str]] = {}
    for path in its:
        above = list(files.above(path))
        for role in roles:
            _claim(claims, role, path, above)
            _remember(before, role, path, above)
    said: set[tuple[str, End]] = set()
    for (role, _), claim in claims.items():
        if end := names.of(claim.written, claim.place[0]):
            said.add((role, end))
            properties: Properties = {"role": roles[role], **claim.confidence(len(its))}
            yield Relationship("OWNS", *end, "Model", own_id, properties, *claim.place)
    for (role, _), (written, file) in before.items():
        end = names.of(written, file)
        if end and (role, end) not in said:
            properties = {"role": roles[role], "confidence": 0.0, "emeritus": True}
            yield Relationship("OWNS", *end, "Model", own_id, properties, file, 1)
    yield from names.rejected()


def _claim(claims: _Claims, role: str, path: Sequence[str], above: Sequence[OwnersFile]) -> None:
    """Count a file for those who have that role for it, the nearest first."""
    nearest = True
    counted: set[str] = set()
    for each in above:
        names = {name.casefold(): name for name in each.of(role, path)}
        for name in sorted(names.keys() - counted):
            claim = claims[role, name]
            claim.written = claim.written or names[name]
            claim.own += bool(nearest and each.folder)
            claim.places[each.name, 1] += 1
        counted |= names.keys()
        nearest = nearest and not names


def _remember(
    before: dict[_Share, tuple[str, str]],
    role: str,
    path: Sequence[str],
    above: Sequence[OwnersFile],
) -> None:
    """Note who once had that role; what the file at the root says is about everything."""
    for each in above:
        for name in each.of(f"emeritus_{role}", path) if each.folder else ():
            before.setdefault((role, name.casefold()), (name, each.name))
