"""Distinguished names, made comparable: there are many ways to write one."""

from __future__ import annotations

import re

_PART = re.compile(r"(?:\\.|[^\\,;])+", re.DOTALL)
_ESCAPED = re.compile(r"((?:\\[0-9A-Fa-f]{2})+)|\\(.)", re.DOTALL)
_SPECIAL = re.compile(r'[\\,;+"<>=#]')


def comparable(name: str) -> str:
    r"""The name so that two ways to write it are the same text.

    >>> comparable(r"CN=Lin\, Bo, DC=example") == comparable(r"cn=lin\2C bo,dc=EXAMPLE")
    True
    """
    parts = []
    for part in _PART.findall(name):
        kind, _, value = part.partition("=")
        parts.append(f"{kind.strip()}={_ESCAPED.sub(_plain, value).strip()}".casefold())
    return ",".join(parts)


def _plain(found: re.Match[str]) -> str:
    """What was escaped, as itself; what must be escaped, in one way."""
    text = found[2] or bytes.fromhex(found[1].replace("\\", "")).decode(errors="replace")
    return _SPECIAL.sub(lambda each: f"\\{ord(each[0]):02x}", text)
