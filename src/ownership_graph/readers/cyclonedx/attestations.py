"""What was attested of models, as approvals."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.readers.cyclonedx.parts import MODEL
from ownership_graph.readers.picking import at, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.cyclonedx.parts import Bom, Part
    from ownership_graph.readers.stating import Stating
    from ownership_graph.records import Record


def attestations(bom: Bom, gate: str, stating: Stating) -> Iterator[Record]:
    """An approval for each attestation, model and standard, with the verdict of its scores.

    They stand at the gate of that id, or at none where it is blank.
    """
    declared = _Declared(bom)
    for attestation in tables(bom.data, "declarations", "attestations"):
        assessor = declared.assessors.get(text(attestation, "assessor"), {})
        who = text(assessor, "organization", "name")
        for (ref, standard), mapped in declared.subjects(attestation).items():
            model = bom.part(ref)
            if model is None or model.label != MODEL or not model.id:
                continue
            own_id = "/".join(
                filter(None, ("cdx:attestation", model.id, _version(model), standard, who))
            )
            approval = "Approval", own_id
            yield stating.node(
                approval,
                name=f"{standard or 'Attestation'} of {model.name}",
                status=_verdict(mapped),
                version=_version(model),
                valid_until_day=declared.ends(mapped),
            )
            yield stating.tie("CONCERNS", approval, model.end)
            if gate:
                yield stating.tie("AT", approval, ("Gate", gate))
            if who:
                outside = at(assessor, "thirdParty") is True
                yield stating.node(("Team", who), kind="vendor" if outside else "")
                yield stating.tie("DECIDED_BY", approval, ("Team", who))


class _Declared:
    """What attestations refer to, by reference."""

    def __init__(self, bom: Bom) -> None:
        said = table(bom.data, "declarations")
        self.assessors = _by_ref(said, "assessors")
        self._claims = _by_ref(said, "claims")
        self._evidence = _by_ref(said, "evidence")
        self._standards = {
            text(requirement, "bom-ref"): _named(standard)
            for standard in tables(bom.data, "definitions", "standards")
            for requirement in tables(standard, "requirements")
        }

    def subjects(
        self, attestation: dict[str, object]
    ) -> dict[tuple[str, str], list[dict[str, object]]]:
        """What is said of each target and standard."""
        found = defaultdict[tuple[str, str], list[dict[str, object]]](list)
        for mapped in tables(attestation, "map"):
            standard = self._standards.get(text(mapped, "requirement"), "")
            targets = {text(self._claims.get(each), "target") for each in texts(mapped, "claims")}
            for target in sorted(filter(None, targets)):
                found[target, standard].append(mapped)
        return found

    def ends(self, mapped: list[dict[str, object]]) -> str:
        """The day on which the first of the evidence runs out; blank where none does."""
        claims = [self._claims.get(ref) for each in mapped for ref in texts(each, "claims")]
        evidence = [self._evidence.get(ref) for each in claims for ref in texts(each, "evidence")]
        return min((day for each in evidence if (day := text(each, "expires")[:10])), default="")


def _by_ref(said: dict[str, object], kind: str) -> dict[str, dict[str, object]]:
    return {text(each, "bom-ref"): each for each in tables(said, kind)}


def _named(standard: dict[str, object]) -> str:
    return " ".join(filter(None, (text(standard, "name"), text(standard, "version"))))


def _version(model: Part) -> str:
    return text(model.said, "version")


def _verdict(mapped: list[dict[str, object]]) -> str:
    """The status that the scores of conformance come to; blank where one has none."""
    scores = [at(each, "conformance", "score") for each in mapped]
    if not all(isinstance(each, int | float) for each in scores):
        return ""
    if all(each == 1 for each in scores):
        return "approved"
    return "rejected" if all(each == 0 for each in scores) else "conditional"
