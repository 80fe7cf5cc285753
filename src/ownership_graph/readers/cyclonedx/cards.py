"""What the model card of a model says, and who governs data."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.contacts import contacts
from ownership_graph.readers.cyclonedx.parts import DATASET, LABELS, MODEL, id_of
from ownership_graph.readers.numbers import number_in
from ownership_graph.readers.picking import table, tables, text, texts
from ownership_graph.readers.public_names import by_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.cyclonedx.parts import Bom, Part
    from ownership_graph.readers.stating import End, Stating
    from ownership_graph.records import Record

_DATASETS = ("modelParameters", "datasets")
_GOVERNS = {"owners": "accountable", "stewards": "responsible", "custodians": "technical"}


def model_card(model: Part, bom: Bom, stating: Stating) -> Iterator[Record]:
    """What it was trained on and comes from, how it measured, which trade-offs are known."""
    card = table(model.said, "modelCard")
    for each in tables(card, *_DATASETS):
        yield from _trained_on(model, each, bom, stating)
    for each in _bases(model):
        base = MODEL, id_of(each, MODEL)
        yield stating.node(base, name=text(each, "name"), version=text(each, "version"))
        yield stating.tie("DEPENDS_ON", model.end, base, kind="fine_tuned_from")
    for each in tables(card, "quantitativeAnalysis", "performanceMetrics"):
        yield from _measured(model, each, stating)
    for said in texts(card, "considerations", "performanceTradeoffs"):
        made = blake2b(said.encode(errors="replace"), digest_size=4).hexdigest()
        trade_off = "TradeOff", f"cdx:trade-off/{model.id}/{made}"
        yield stating.node(trade_off, statement=said, status="draft")
        yield stating.tie("COVERS", trade_off, model.end)


def stands_on(model: Part, bom: Bom) -> set[str]:
    """The ids of what the model's card and pedigree tie it to, more exactly than a dependency."""
    refs = [text(each, "ref") for each in tables(model.said, "modelCard", *_DATASETS)]
    data = {part.id for ref in refs if (part := bom.part(ref)) is not None}
    return data | {id_of(each, MODEL) for each in _bases(model)}


def _bases(model: Part) -> Iterator[dict[str, object]]:
    """The models that it was made from."""
    for each in tables(model.said, "pedigree", "ancestors"):
        if LABELS.get(text(each, "type")) == MODEL and id_of(each, MODEL):
            yield each


def governance(end: End, said: dict[str, object], stating: Stating) -> Iterator[Record]:
    """Who governs a dataset: its owners, stewards and custodians."""
    for kind, role in _GOVERNS.items():
        for each in tables(said, "governance", kind):
            for who, known in _responsible(each):
                yield stating.node(who, **known)
                yield stating.tie("OWNS", who, end, role=role)


def _trained_on(
    model: Part, said: dict[str, object], bom: Bom, stating: Stating
) -> Iterator[Record]:
    ref, url = text(said, "ref"), text(said, "contents", "url")
    if ref:
        part = bom.part(ref)
        if part is not None and part.label == DATASET and part.id:
            yield stating.tie("DEPENDS_ON", model.end, part.end, kind="trained_on")
        elif not ref.startswith("urn:cdx:"):
            yield stating.rejected(
                f"the model {shown(model.id)} was trained on {shown(ref)}, and no component of"
                " the type data has that bom-ref. Add it to the file."
            )
        return
    own_id = by_address(url) or id_of(said, DATASET) or (url and f"cdx:data/{url}")
    if not own_id:
        yield stating.rejected(
            f"a dataset of the model {shown(model.id)} has neither a name nor an address."
            " Give it one."
        )
        return
    dataset = DATASET, own_id
    yield stating.node(dataset, name=text(said, "name"))
    yield from governance(dataset, said, stating)
    yield stating.tie("DEPENDS_ON", model.end, dataset, kind="trained_on")


def _measured(model: Part, said: dict[str, object], stating: Stating) -> Iterator[Record]:
    metric, part = text(said, "type"), text(said, "slice")
    value = number_in(text(said, "value"))
    if value is None or not metric:
        yield stating.rejected(
            f"a metric of the model {shown(model.id)}: {shown(metric)} is"
            f" {shown(text(said, 'value'))}, and no number with a name. Write value = a number."
        )
        return
    version = text(model.said, "version")
    own_id = "/".join(filter(None, ("cdx:result", model.id, version, metric, part)))
    result = "Result", own_id
    name = " on ".join(filter(None, (metric, part)))
    yield stating.node(
        result, name=name, metric=metric, value=value, version=version, dataset=part
    )
    yield stating.tie("MEASURES", result, model.end)


def _responsible(said: dict[str, object]) -> Iterator[tuple[End, dict[str, str]]]:
    organisation = text(said, "organization", "name")
    if organisation:
        yield ("Team", organisation), {}
    contact = table(said, "contact")
    for each in contacts(texts(contact, "email"), text(contact, "name")):
        yield (each.label(()), each.id), {"name": each.name}
