"""What a directory holds: accounts of people, and groups of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["", "active", "left"]


@dataclass(frozen=True, slots=True)
class Account:
    """An account; one person can have several.

    `ref` is what members and managers are named by in this directory, `place` where the account
    stands, for a person who reads it. `teams` are names of teams, such as a department. A blank
    `status` or `kind` is not known.
    """

    ref: str
    place: str
    name: str = ""
    email: str = ""
    login: str = ""
    status: Status = ""
    kind: str = ""
    manager: str = ""
    teams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group that is a team; `members` and `leads` are refs of accounts, or of other groups."""

    ref: str
    place: str
    name: str
    members: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
