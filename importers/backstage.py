"""A Backstage catalog: teams, people, models and systems, who owns them, what stands on what.

Read out of catalog files (catalog-info.yaml, and what its locations point at in the same folder),
out of an export in JSON, or over the catalog's API (--url with --token), page by page. An entity
is a model by its spec.type, or by its kind where that is none of Backstage's; other components,
resources, APIs, systems and domains are services. Who owns an entity is accountable for it: the
one that bears ultimate responsibility, as Backstage says. Owners need not be in the catalog.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.known import alike
from ownership_graph.importing.quoting import shown, so_many
from ownership_graph.importing.recognising import Found
from ownership_graph.model import LABELS, nearest
from ownership_graph.readers.authorization import authorization
from ownership_graph.readers.backstage.catalog import Catalog, Meaning
from ownership_graph.readers.backstage.reading import DOING, from_files, from_site
from ownership_graph.readers.backstage.references import Entity
from ownership_graph.readers.patterns import fits
from ownership_graph.readers.stages import WORDS
from ownership_graph.readers.traces import UNTIL_THEN, servers
from ownership_graph.records import Promise, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.backstage.reading import Read
    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

PROVIDES: tuple[str, ...] = ()

MODELS = (
    "model", "ml-model", "ai-model", "mlmodel", "aimodel", "machine-learning-model", "llm",
    "agent", "ai-agent", "ai-system", "ai-application", "prompt-application",
)  # fmt: skip
"""Types of entities that are models unless somebody says otherwise."""

USUAL = ("catalog-info.yaml", "catalog-info.yml")
"""How catalog files are called unless somebody says otherwise."""

DATASETS = ("dataset", "*-dataset", "data-product", "data-set")
_MOST_SHOWN = 8
_SPEAKS_OF = {
    "Model": ("Model", "OWNS", "OWNS role accountable", "DEPENDS_ON"),
    "Service": ("Service",),
    "Team": ("Team",),
    "Person": ("Person", "MEMBER_OF"),
}
"""What a catalog with entities of a label says all of."""

_ITS_OWN = re.compile(r"^apiVersion: *['\"]?backstage\.io/", re.MULTILINE)
_BACKEND = re.compile(
    r"^backend:[ \t]*(?:#.*)?\r?\n(?:[ \t#].*\n|\r?\n)*?[ \t]+baseUrl:[ \t]*['\"]?([^\s'\"]+)",
    re.MULTILINE,
)
_BUILT_IN = re.compile(
    r"^kind: *['\"]?(?:Component|API|Resource|System|Domain|Group|User)\b", re.MULTILINE
)


def read(  # noqa: PLR0913 -- each is an option
    path: Path | None = None,
    *,
    url: str = "",
    token: Secret | None = None,
    models: tuple[str, ...] = MODELS,
    datasets: tuple[str, ...] = DATASETS,
    model_id: str = "{name}",
    stages: tuple[str, ...] = (),
    files: tuple[str, ...] = USUAL,
    page_size: int = 500,
) -> Iterator[Record]:
    """The entities, how they are tied, and promises of what is there.

    Args:
        path: A catalog file, a folder of them, or an export in JSON; or nothing, with --url.
        url: The catalog's API: https://host/api/catalog.
        token: Where the token is kept: env:NAME or file:PATH.
        models: Which spec.type, or kind of your own, is a model; * stands for any text.
        datasets: Which is a dataset.
        model_id: The id of a model: {name}, {namespace} and {ref} (component:default/name).
        stages: What words for a lifecycle mean beside the usual ones, as beta=pilot.
        files: How the catalog files in a folder are called.
        page_size: How many entities are asked for at a time.
    """
    if bool(url) == bool(path):
        raise UsageError(
            f"{DOING}: give either a file or folder, or --url. Not both, not neither."
        )
    if "{ref}" not in model_id and "{name}" not in model_id:
        raise UsageError(
            f"reading the option 'model_id': {shown(model_id)} would give every model the same"
            " id. Write {ref} or {name} where the name goes."
        )
    meaning = Meaning(fits(models), fits(datasets), model_id, {**WORDS, **dict(_stages(stages))})
    catalog = Catalog(meaning)
    for each in from_files(path, files) if path else _asked(url, authorization(token), page_size):
        if isinstance(each, Entity):
            yield from catalog.take(each)
        else:
            yield each
    yield from catalog.records()
    yield from _told(catalog, asked_for=any(models))


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The folder with all catalog files, or none where nothing in them is an entity.

    Files that are called otherwise say of themselves that they are Backstage's.
    """
    files = [
        each
        for each in surroundings.named("*.yaml", "*.yml")
        if _BUILT_IN.search(start := surroundings.start(each))
        and (each.name in USUAL or _ITS_OWN.search(start))
    ]
    if files:
        folder = files[0].parent if len(files) == 1 else surroundings.root
        names = sorted({each.name for each in files}.difference(USUAL))
        options = {"files": [*USUAL, *names]} if names else {}
        what = so_many(len(files), "Backstage catalog file")
        yield Found(folder, what, options, also=tuple(files))
    yield from _server(surroundings)


def _server(surroundings: Surroundings) -> Iterator[Found]:
    """The catalog's API where Backstage's own settings say it is; a machine of its own first."""
    files = surroundings.named("app-config.yaml", "app-config.*.yaml")
    known = servers(surroundings, files, _BACKEND)
    for file in sorted(known, key=lambda each: "//localhost" in known[each])[:1]:
        options = {"url": f"{known[file]}/api/catalog", "token": "env:BACKSTAGE_TOKEN"}
        yield Found(
            file,
            f"the catalog of the Backstage at {known[file]}",
            options,
            name="backstage server",
            also=tuple(files),
            ask=f"Set BACKSTAGE_TOKEN to a token of its externalAccess, {UNTIL_THEN}",
            trace=True,
        )


def _told(catalog: Catalog, *, asked_for: bool) -> Iterator[Record]:
    """What the catalog says all of; and if nothing in it is a model, which types there are."""
    labels, types = catalog.labels(), catalog.types()
    for label, needs in _SPEAKS_OF.items():
        if labels[label]:
            yield from map(Promise, needs)
    if types and asked_for and not labels["Model"]:
        some = ", ".join(f"{shown(each)} ({n})" for each, n in types.most_common(_MOST_SHOWN))
        yield Rejected(
            "catalog",
            0,
            f"none of {types.total():,} components and resources is a model by its type. Say with"
            f" 'models' which are. The types: {some}.",
        )


def _asked(url: str, secret: str, page_size: int) -> Iterator[Read]:
    from ownership_graph.readers.web import Site  # noqa: PLC0415 -- an extra

    with Site(url, doing=DOING, authorization=secret) as site:
        yield from from_site(site, page_size)


def _stages(given: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Words for a lifecycle, each with the stage that it means."""
    known = LABELS["Model"].properties["stage"].values
    for each in given:
        word, _, stage = (part.strip().casefold() for part in each.partition("="))
        if not word or stage not in known:
            raise UsageError(
                f"reading the option 'stages': {shown(each)} is not like beta=pilot, with one of"
                f" {', '.join(known)} at its end.{nearest(stage, known)}"
            )
        yield alike(word), stage
