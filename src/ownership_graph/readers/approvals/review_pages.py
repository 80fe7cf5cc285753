"""Pull and merge requests with what hangs on them, page by page, from GitHub or GitLab."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.readers.approvals import github, gitlab
from ownership_graph.readers.numbers import whole_in
from ownership_graph.readers.picking import tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.readers.approvals.reviews import Change
    from ownership_graph.readers.web import Site

DOING = "reading the reviews"
HOSTS = {"github": "https://api.github.com", "gitlab": "https://gitlab.com"}
"""Where each is asked unless an address is given."""

_PLACE = re.compile(r"[A-Za-z0-9_][\w.-]*(?:/[A-Za-z0-9_][\w.-]*)+", re.ASCII)
_PAGE = 100
MOST_FILES = 3_000
"""Files of a change after which either lists no more."""


def place_of(repository: str) -> str:
    """The repository as it was written, fit for an address.

    Raises:
        UsageError: it is no owner/name.
    """
    if not _PLACE.fullmatch(repository) or ".." in repository:
        raise UsageError(f"{DOING}: {shown(repository)} is no repository. Write owner/name.")
    return repository


def listed(
    site: Site, path: str, parameters: Mapping[str, str | int] | None = None
) -> Iterator[dict[str, object]]:
    """All entries of a list, page by page, as the header Link leads on."""
    known = {path}
    answer = site.get(path, {"per_page": _PAGE, **(parameters or {})})
    while True:
        if not isinstance(answer.data, list):
            raise SourceError(f"{DOING}: the answer is no list. Is --url the address of the API?")
        yield from tables(answer.data)
        if not answer.next_link:
            return
        if answer.next_link in known:
            raise SourceError(f"{DOING}: it gives the same page again and again. Try again later.")
        known.add(answer.next_link)
        answer = site.get(answer.next_link)


class GitHub:
    """The pull requests of one repository."""

    def __init__(self, site: Site, repository: str) -> None:
        """Nothing is asked yet."""
        self._site, self._name = site, place_of(repository)
        self._base = f"repos/{self._name}"

    def changes(self, since: str) -> Iterator[dict[str, object]]:
        """Those that something happened to since that day, the latest first."""
        order = {"state": "all", "sort": "updated", "direction": "desc"}
        for each in _changes(self._site, self._name, f"{self._base}/pulls", order):
            if text(each, "updated_at") < since:
                return
            yield each

    def files(self, pull: Mapping[str, object]) -> list[str]:
        """The paths of its files."""
        number = _number(pull, "number")
        found = listed(self._site, f"{self._base}/pulls/{number}/files")
        return [
            path
            for each in found
            for name in ("filename", "previous_filename")
            if (path := text(each, name))
        ]

    def change(self, pull: Mapping[str, object]) -> Change:
        """The pull request with its timeline."""
        path = f"{self._base}/issues/{_number(pull, 'number')}/timeline"
        return github.change_of(pull, list(listed(self._site, path)))


class GitLab:
    """The merge requests of one project."""

    def __init__(self, site: Site, repository: str) -> None:
        """Nothing is asked yet."""
        self._site, self._name = site, place_of(repository)
        self._base = f"api/v4/projects/{quote(self._name, safe='')}/merge_requests"

    def changes(self, since: str) -> Iterator[dict[str, object]]:
        """Those that something happened to since that day, the latest first."""
        order = {"state": "all", "order_by": "updated_at", "sort": "desc"}
        after = {"updated_after": since} if since else {}
        yield from _changes(self._site, self._name, self._base, {**order, **after})

    def files(self, request: Mapping[str, object]) -> list[str]:
        """The paths of its files."""
        path = f"{self._base}/{_number(request, 'iid')}/diffs"
        return [
            each
            for said in listed(self._site, path)
            for name in ("new_path", "old_path")
            if (each := text(said, name))
        ]

    def change(self, request: Mapping[str, object]) -> Change:
        """The merge request with its notes."""
        path = f"{self._base}/{_number(request, 'iid')}/notes"
        order = {"sort": "asc", "order_by": "created_at"}
        return gitlab.change_of(request, list(listed(self._site, path, order)))


def _changes(
    site: Site, repository: str, path: str, parameters: Mapping[str, str | int]
) -> Iterator[dict[str, object]]:
    """The changes of a repository, if there is one."""
    from ownership_graph.readers.web import AbsentError  # noqa: PLC0415 -- an extra

    try:
        yield from listed(site, path, parameters)
    except AbsentError as error:
        raise SourceError(
            f"{DOING}: there is no repository {shown(repository)}, or the token may not see it."
            " Check the name, --url, and what the token allows."
        ) from error


def _number(change: Mapping[str, object], name: str) -> int:
    """The number of a change, fit for an address."""
    written = text(change, name)
    number = whole_in(written)
    if number is None:
        raise SourceError(f"{DOING}: a change says {shown(written)} where its number stands.")
    return number
