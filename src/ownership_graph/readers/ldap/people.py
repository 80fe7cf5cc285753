"""What an entry of a directory says of a person, in Active Directory and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.readers.directories import Account
from ownership_graph.readers.ldap.names import comparable
from ownership_graph.readers.numbers import whole_in
from ownership_graph.readers.people import stated

if TYPE_CHECKING:
    from collections.abc import Callable

    from ownership_graph.readers.directories.accounts import Status
    from ownership_graph.readers.ldap.searching import Entry

ATTRIBUTES = (
    "objectClass", "cn", "displayName", "mail", "uid", "sAMAccountName", "userPrincipalName",
    "manager", "gidNumber", "primaryGroupID", "userAccountControl", "nsAccountLock",
    "loginDisabled", "msDS-UserAccountDisabled", "pwdAccountLockedTime",
    "msExchRecipientTypeDetails", "isCriticalSystemObject",
)  # fmt: skip
_DISABLED = 0x2
_SHARED_MAILBOX = frozenset({"4", "34359738368"})
_NO_PERSON = frozenset(
    {"16", "32", "8388608", "536870912", "8589934592", "17179869184", "549755813888"}
)
"""Mailboxes of rooms, equipment, searches, monitoring, and of Exchange itself."""

_OF_ANOTHER_FOREST = frozenset({"2", "33554432"})
"""Accounts that are disabled because their owner logs in to another forest."""

_FOR_EVER = "000001010000Z"


@dataclass(frozen=True, slots=True)
class Choice:
    """The attributes that the user chose, and which logins are services."""

    email: str
    login: tuple[str, ...]
    department: str
    is_service: Callable[[str], bool]


def account_of(entry: Entry, choice: Choice) -> Account | None:
    """The account of an entry; None where it stands for no person."""
    mailbox, login = entry.first("msExchRecipientTypeDetails"), entry.first(*choice.login)
    if mailbox in _NO_PERSON or _is_of_the_system(entry, login):
        return None
    kind = "shared_mailbox" if mailbox in _SHARED_MAILBOX else ""
    manager = entry.first("manager")
    department = stated(entry.first(choice.department)) if choice.department else ""
    return Account(
        ref=comparable(entry.dn),
        place=entry.dn,
        name=entry.first("displayName", "cn"),
        email=entry.first(choice.email),
        login=login,
        status=_status(entry, mailbox),
        kind="service" if choice.is_service(login) else kind,
        manager=comparable(manager) if manager else "",
        teams=(department,) if department else (),
    )


def _is_of_the_system(entry: Entry, login: str) -> bool:
    """Whether it is a computer, another domain's account, or one that Windows made."""
    made = entry.first("isCriticalSystemObject").casefold() == "true"
    return made or login.endswith("$") or "computer" in entry.kinds()


def _status(entry: Entry, mailbox: str) -> Status:
    """Whether the account is closed; of some that are, nobody logs in there anyway."""
    flags = entry.first("userAccountControl")
    if _is_closed(entry, flags):
        return "" if mailbox in _SHARED_MAILBOX | _OF_ANOTHER_FOREST else "left"
    return "active" if flags.isdecimal() else ""


def _is_closed(entry: Entry, flags: str) -> bool:
    locked = entry.first("nsAccountLock", "loginDisabled", "msDS-UserAccountDisabled")
    return (
        bool((whole_in(flags) or 0) & _DISABLED)
        or locked.casefold() == "true"
        or entry.first("pwdAccountLockedTime") == _FOR_EVER
    )
