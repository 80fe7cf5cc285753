"""Reviews of pull requests (GitHub) and merge requests (GitLab) that touch models.

Read over the API (--repository, --host, --token), or from a JSON export: what
`gh pr list --json ...` writes, or answers of the API with their timeline, notes and files beside
them. Which files or repositories are a model's is said by patterns. Approved and changes
requested are answers, a comment is none; a review that was dismissed counts no more. A change
that is asked for again after somebody wanted it changed is the next round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.values import near
from ownership_graph.readers.approvals import github, gitlab
from ownership_graph.readers.approvals.requests import EVENTS, Request, on_line, stated
from ownership_graph.readers.approvals.review_pages import (
    DOING,
    HOSTS,
    MOST_FILES,
    GitHub,
    GitLab,
)
from ownership_graph.readers.approvals.reviews import requests_of
from ownership_graph.readers.authorization import authorization
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.model_paths import USUAL, namer, recognised
from ownership_graph.readers.model_paths import model_id as id_of
from ownership_graph.readers.moments import moment_of
from ownership_graph.readers.picking import tables, text
from ownership_graph.readers.traces import UNTIL_THEN, remotes
from ownership_graph.records import Partial, Promise, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.approvals.reviews import Change
    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

PROVIDES = EVENTS
MODE = "events"

_LISTED = ("number", "files", "reviews")


_TOKENS = {
    "github": ("GITHUB_TOKEN", "reading its pull requests"),
    "gitlab": ("GITLAB_TOKEN", "reading its merge requests (read_api)"),
}
"""Of each sort of host the variable that usually holds a token, and what it is for."""


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each list of pull requests, as `gh pr list --json` writes it with files and reviews."""
    for file in surroundings.named("*.json"):
        start = surroundings.start(file).lstrip()
        if start.startswith("[") and all(f'"{each}"' in start for each in _LISTED):
            yield Found(file, "reviews of pull requests", name="reviews")
    yield from _over_api(surroundings)


def _over_api(surroundings: Surroundings) -> Iterator[Found]:
    """The repository that git's settings name, on GitHub or GitLab."""
    file, known = remotes(surroundings)
    for each in known[:1]:
        secret, named = _TOKENS[each.speaks]
        stands = recognised(surroundings.root, "", surroundings, ())
        options: dict[str, object] = {"repository": [each.repository], **stands.options}
        if each.speaks != "github":
            options["host"] = each.speaks
        if each.address:
            options["url"] = each.address
        yield Found(
            file,
            f"reviews of changes to {each.repository} on {each.host}",
            {**options, "token": f"env:{secret}"},
            name="reviews",
            ask=f"Set {secret} to a token for {named}, {UNTIL_THEN} {stands.ask}".strip(),
            trace=True,
        )


def read(  # noqa: PLR0913 -- each is an option
    path: Path | None = None,
    *,
    repository: tuple[str, ...] = (),
    host: str = "github",
    url: str = "",
    token: Secret | None = None,
    since: str = "",
    models: tuple[str, ...] = USUAL,
    model_repositories: tuple[str, ...] = (),
    model_id: str = "{model}",
    gate: str = "code-review",
    needed: int = 1,
) -> Iterator[Record]:
    """The rounds of review of each change that touches a model, each an Approval.

    Args:
        path: A JSON export; or nothing, with --repository.
        repository: The repositories to read, as owner/name.
        host: Whose API is spoken: github or gitlab.
        url: The address of that API, where it is a server of one's own:
            https://github.example.org/api/v3, https://gitlab.example.org.
        token: Where the token is kept.
        since: The day before which nothing is read that did not change since, as 2026-01-01.
        models: Where models stand: patterns with {model} for the name, * and **.
        model_repositories: Repositories that are a model's as a whole, as acme/model-{model}.
        model_id: The id of a model, made of its name.
        gate: The id of the gate at which changes are reviewed.
        needed: How many approvals a change needs.
    """
    if bool(path) == bool(repository) or host not in HOSTS or (since and not moment_of(since)):
        raise _wrong(host, since)
    touching = _Touching(namer(models), namer(model_repositories), model_id)
    found = (
        _saved(path, touching)
        if path
        else _asked(repository, host, url or HOSTS[host], authorization(token), since, touching)
    )
    yield Promise("DECIDED_BY")
    yield Promise("REQUESTED_BY")
    file = path.name if path else host
    for number, each in enumerate(found, start=1):
        if isinstance(each, Partial):
            yield each
            continue
        change, ids = each
        rounds = requests_of(change, ids, gate=gate, needed=max(needed, 1), file=file)
        for said in on_line(rounds, number):
            yield from stated(said) if isinstance(said, Request) else (said,)
    yield from touching.told(file, (*models, *model_repositories))


def _wrong(host: str, since: str) -> UsageError:
    if host not in HOSTS:
        why = f"--host is {shown(host)}, and can be github or gitlab.{near(host, HOSTS)}"
    elif since and not moment_of(since):
        why = f"--since is {shown(since)}, and no day as 2026-01-01."
    else:
        why = "give either a JSON export, or --repository."
    return UsageError(f"{DOING}: {why}")


@dataclass
class _Touching:
    """Which models a change touches, and how many changes touched any."""

    of_path: Callable[[str], str]
    of_repository: Callable[[str], str]
    model_id: str
    read: int = field(default=0, init=False)
    linked: int = field(default=0, init=False)

    def models(self, repository: str, files: Iterable[str]) -> tuple[str, ...]:
        """The ids of the models."""
        whole = self.of_repository(repository)
        names = {whole} if whole else {name for each in files if (name := self.of_path(each))}
        self.read += 1
        self.linked += bool(names)
        return tuple(id_of(self.model_id, each) for each in sorted(names))

    def told(self, file: str, patterns: Iterable[str]) -> Iterator[Rejected]:
        """A warning where no change touched a model at all."""
        if self.read and not self.linked:
            yield Rejected(
                file,
                0,
                f"none of {self.read:,} changes touches a model as"
                f" {' or '.join(map(shown, patterns))} say. Say with --models or"
                " --model-repositories where models stand.",
            )


def _asked(
    repositories: Iterable[str],
    host: str,
    url: str,
    secret: str,
    since: str,
    touching: _Touching,
) -> Iterator[tuple[Change, tuple[str, ...]] | Partial]:
    from ownership_graph.readers.web import Site  # noqa: PLC0415 -- an extra

    found = moment_of(since)
    first = found.date().isoformat() if found else ""
    with Site(url, doing=DOING, authorization=secret) as site:
        for repository in repositories:
            place = GitHub(site, repository) if host == "github" else GitLab(site, repository)
            for each in place.changes(first):
                files = [] if touching.of_repository(repository) else place.files(each)
                ids = touching.models(repository, files)
                if len(files) >= MOST_FILES:
                    yield Partial(
                        f"{DOING}: {shown(repository)} lists no more than {MOST_FILES:,}"
                        " files of a change, and others of it may be a model's."
                    )
                if ids:
                    yield place.change(each), ids


def _saved(path: Path, touching: _Touching) -> Iterator[tuple[Change, tuple[str, ...]]]:
    data = read_json(path, doing=DOING)
    if not isinstance(data, list):
        raise SourceError(f"{DOING}: this is no list of pull or merge requests.", file=str(path))
    for each in tables(data):
        saved = _of_gitlab if "iid" in each else _of_github
        found = saved(each, touching)
        if isinstance(found, str):
            raise SourceError(f"{DOING}: {found}", file=str(path))
        change, ids = found
        if ids:
            yield change, ids


def _of_github(
    pull: Mapping[str, object], touching: _Touching
) -> tuple[Change, tuple[str, ...]] | str:
    """A pull request that was saved, and the models; or why it cannot be told."""
    repository, number = github.repository_of(pull), text(pull, "number")
    if not repository or not number:
        return "a pull request does not say its number and repository. Export url and number, too."
    if "timeline" not in pull and "reviews" not in pull:
        return (
            f"{shown(f'{repository}#{number}')} has neither reviews nor a timeline. Export them."
        )
    files = [text(each, "path") or text(each, "filename") for each in tables(pull, "files")]
    ids = touching.models(repository, files)
    return github.change_of(pull, tables(pull, "timeline"), told="timeline" in pull), ids


def _of_gitlab(
    request: Mapping[str, object], touching: _Touching
) -> tuple[Change, tuple[str, ...]] | str:
    """A merge request that was saved, and the models; or why it cannot be told."""
    project = gitlab.project_of(request)
    if not project:
        return "a merge request does not say its project. Export web_url, too."
    if "notes" not in request:
        return f"{shown(text(request, 'web_url') or project)} has no notes. Export them."
    diffs = tables(request, "diffs") or tables(request, "changes")
    files = [text(each, name) for each in diffs for name in ("new_path", "old_path")]
    return gitlab.change_of(request, tables(request, "notes")), touching.models(project, files)
