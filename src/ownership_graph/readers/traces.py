"""Traces of systems in a checkout: where one is, without the names and passwords beside it.

Nothing is asked over the network. An address is kept by its host and path alone; one that is still
to be filled in, such as `https://${HOST}`, is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings

UNTIL_THEN = "and take the # away: nothing is asked of it until then."
"""How the sentence ends that says what a source over an API needs first."""

_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_PATH = re.compile(r"(?:/[\w.~-]+)*")
_SECTION = re.compile(r'^\[remote "([\w./-]{1,200})"\]([^\[]*)', re.MULTILINE)
_URL = re.compile(r"^\s*url\s*=\s*(\S+)\s*$", re.MULTILINE)
_BEHIND_COLON = re.compile(r"(?:[^@/\s]+@)?([^:/@\s]+):(?!//)/?(\S+)")
_REPOSITORY = re.compile(r"\w[\w.-]*(?:/\w[\w.-]*)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository on a host: `speaks` says whose API it has, github or gitlab."""

    host: str
    repository: str
    speaks: str

    @property
    def address(self) -> str:
        """The address of the API where it is a server of one's own; else blank."""
        if self.host in ("github.com", "gitlab.com"):
            return ""
        return f"https://{self.host}{'/api/v3' if self.speaks == 'github' else ''}"


def plain_address(written: str) -> str:
    """The scheme, host, port and path of an address of the web; blank of anything else.

    >>> plain_address("https://ann:secret@mlflow.acme.example:5000/app/?token=x#y")
    'https://mlflow.acme.example:5000/app'
    >>> plain_address("https://${HOST}/"), plain_address("sqlite:///mlflow.db")
    ('', '')
    """
    try:
        parts = urlsplit(written.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    if (
        parts.scheme not in ("http", "https")
        or not _HOST.fullmatch(host)
        or not _PATH.fullmatch(path)
    ):
        return ""
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{path}"


def servers(
    surroundings: Surroundings, files: Iterable[Path], said: re.Pattern[str]
) -> dict[Path, str]:
    """The plain addresses that the first group of the pattern finds in files, by the file."""
    found = ((file, said.search(surroundings.start(file))) for file in files)
    return {file: at for file, written in found if written and (at := plain_address(written[1]))}


def remotes(surroundings: Surroundings) -> tuple[Path, list[Remote]]:
    """The file of git's settings in the folder, and the remotes in it, origin first."""
    file = surroundings.root / ".git" / "config"
    linked = file.is_symlink() or file.parent.is_symlink()
    text = surroundings.start(file) if file.is_file() and not linked else ""
    return file, [each for _, each in sorted(_remotes(text), key=lambda each: each[0])]


def _remotes(text: str) -> Iterator[tuple[bool, Remote]]:
    for section in _SECTION.finditer(text):
        for url in _URL.findall(section[2]):
            if found := remote(url):
                yield section[1] != "origin", found


def remote(url: str) -> Remote | None:
    """The repository that a git address means, if its host says that it is GitHub or GitLab.

    >>> remote("https://oauth2:secret@gitlab.acme.example/risk/ml/models.git")
    Remote(host='gitlab.acme.example', repository='risk/ml/models', speaks='gitlab')
    >>> remote("git@github.com:acme/models.git").repository, remote("git@git.acme.example:a/b")
    ('acme/models', None)
    """
    short = _BEHIND_COLON.fullmatch(url)
    try:
        parts = urlsplit(url)
        host, path = (short[1], short[2]) if short else (parts.hostname or "", parts.path)
    except ValueError:
        return None
    host, repository = host.casefold(), path.strip("/").removesuffix(".git")
    speaks = next((each for each in ("github", "gitlab") if each in host.split(".")), "")
    if not (speaks and _HOST.fullmatch(host) and _REPOSITORY.fullmatch(repository)):
        return None
    if speaks == "github" and repository.count("/") != 1:
        return None
    return Remote(host, repository, speaks)
