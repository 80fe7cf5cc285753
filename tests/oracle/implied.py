"""What where things stand asks to be decided, and what becomes of each such decision.

A way to a decision is who may take it: an office, such as to answer for the model, or a standing
right. A decision goes by the best of its ways.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from oracle.ahead import OPEN, Gates, bodies_at
from oracle.centralisation import on_circles
from oracle.criteria import rival_dimensions
from oracle.granted import able, claims, live, same_part
from oracle.superiors import climbed, desk_of, placed, superior

OPEN_TO_ALL, ESCALATES, CONTESTED, IMPOSSIBLE = "open", "escalates", "contested", "impossible"
WORST_LAST = (OPEN_TO_ALL, ESCALATES, CONTESTED, IMPOSSIBLE)
FOR_A_MODEL = ("stop", "roll_back", "retire", "accept_risk")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a decision, and what stands behind that."""

    state: str
    behind: object = None
    rival: object = None


CAN = Outcome(OPEN_TO_ALL)
NOBODY = Outcome(IMPOSSIBLE)


@dataclass(frozen=True, slots=True)
class Implied:
    """A decision of a kind that somebody should be able to make."""

    kind: str
    outcome: Outcome


def best(ways):
    """The best outcome; of those that are as bad one that names somebody, the first of them."""
    return min(
        ways,
        key=lambda each: (WORST_LAST.index(each.state), each.behind is None),
        default=NOBODY,
    )


class Organisation:
    """A graph, and what it tells of who may decide."""

    def __init__(self, graph, today, min_confidence, contested_days, model):
        self.graph, self.today, self.min_confidence = graph, today, min_confidence
        self.contested_days, self.model = contested_days, model
        self.gates = Gates(graph, today)
        self.passable = {}
        standing = [each for each in graph.all("Decision") if each.get("status") is None]
        self.rights = [each for each in standing if parts(each, "decide")]
        self.by_right = {each: by_right(each) for each in self.rights}
        self.over = defaultdict(set)
        for each in self.rights:
            for about in each.after("ABOUT") or [None]:
                self.over[each.get("kind"), about].add(each)
        self.recorded = {
            (each.get("kind"), about)
            for each in graph.all("Decision")
            if each.get("status") == "open"
            for about in each.after("ABOUT")
        }
        self.models = [
            each for each in graph.all("Model") if live(each) and model in {"", each.id}
        ]
        self.held = held_up(graph)
        self.knows_models = any(
            claim.get("role") == "accountable"
            for model in graph.all("Model")
            for claim in model.into("OWNS")
        )
        self.knows_gates = any(each.before("CAN_DECIDE") for each in graph.all("Gate"))
        self.knows_jobs = any(each.into("OWNS") for each in graph.all("UseCase")) or any(
            each.out("PART_OF") for each in graph.all("Team")
        )

    def implied(self):
        """Every decision that is asked for, of all kinds of which anything is recorded."""
        yield from self.promoting()
        for model in self.models:
            office = self.owners_of(model) if self.knows_models else None
            for kind in FOR_A_MODEL:
                yield from self.one(kind, model, office)
        yield from self.choosing()
        yield from self.merging()
        yield from self.funding()
        yield from self.changing()

    def one(self, kind, about, office, also=()):
        """The decision, unless it is recorded: by the office, or by a standing right.

        Where neither is known it is not asked for.
        """
        ways = [*self.standing(kind, about, *also), *filter(None, [office])]
        if ways and (kind, about) not in self.recorded:
            yield Implied(kind, best(ways))

    def standing(self, kind, *about):
        """What those can do who have a standing right over one of these, or everything."""
        jobs = [job for each in about for job in each.after("SERVES", "UseCase")]
        found = {right for each in (None, *about, *jobs) for right in self.over[kind, each]}
        return [self.by_right[each] for each in sorted(found, key=lambda each: each.id)]

    def accountable(self, thing):
        """The claims to answer for it; of what is no model a blank role says that as well."""
        blank = None if thing.label == "Model" else "accountable"
        return [
            each
            for each in claims(thing, self.min_confidence)
            if each.get("role", blank) == "accountable"
        ]

    def owners_of(self, thing):
        """What those can do who answer for it."""
        own = self.accountable(thing)
        if not own:
            return NOBODY
        present = [each for each in own if able(each.start)]
        if not present:
            return Outcome(IMPOSSIBLE, first(each.start for each in own))
        # Only a model has parts for which several may each answer.
        scopes = {each: each.get("scope") if thing.label == "Model" else None for each in present}
        clashing = {
            who
            for one, two in combinations(present, 2)
            if same_part(scopes[one], scopes[two])
            and {scopes[one], scopes[two]} != {"use"}
            and are_rivals(one.start, two.start)
            for who in (one.start, two.start)
        }
        return settled(clashing) if clashing else CAN

    def promoting(self):
        """Each model is let through each gate ahead."""
        for model in self.models if self.knows_gates else ():
            recused = frozenset(model.before("RECUSED_FROM", "Person"))
            for gate in self.gates.ahead(model):
                if self.is_passable(gate, recused):
                    circle = self.held.get((model, gate))
                    office = Outcome(IMPOSSIBLE, circle) if circle else CAN
                else:
                    office = Outcome(IMPOSSIBLE, gate)
                yield from self.one("promote", model, office, also=[gate])

    def is_passable(self, gate, recused=frozenset()):
        """Whether somebody can decide at the gate, these left out."""
        key = gate, recused
        if key not in self.passable:
            self.passable[key] = any(each.able() for each in bodies_at(gate, recused))
        return self.passable[key]

    def choosing(self):
        """Whoever answers for a model and whoever judges it first have to find one metric."""
        for model in self.models:
            if rival_dimensions(model, self.today, self.contested_days):
                office = self.metric_of(model) if self.knows_models else None
                yield from self.one("choose_metric", model, office)

    def metric_of(self, model):
        """Whoever judges first owns the gate, or decides there where no owner of it is here."""
        own, judge = self.owners_of(model), self.first_gate(model)
        if own.state != OPEN_TO_ALL or judge is None:
            return own
        if not self.is_passable(judge):
            return Outcome(IMPOSSIBLE, judge)
        owning = {each.start for each in self.accountable(judge)}
        judging = set(filter(able, owning)) or judge.before("CAN_DECIDE")
        answering = {each.start for each in self.accountable(model)}
        pairs = [(one, two) for one in filter(able, answering) for two in judging]
        if any(is_one_line(*each) for each in pairs):
            return CAN
        return min(map(settled, pairs), key=lambda each: WORST_LAST.index(each.state))

    def first_gate(self, model):
        """The first of the gates that the model must pass; None where nobody decides anywhere."""
        asked_of = self.gates.asked_of(model)
        return asked_of[0] if asked_of and self.knows_gates else None

    def merging(self):
        """Whoever owns a use case chooses among its pilots, else who is above their teams."""
        for job in self.graph.all("UseCase"):
            pilots = [each for each in job.before("SERVES") if each.get("stage") == "pilot"]
            if len(pilots) < 2 or (self.model and self.model not in {each.id for each in pilots}):
                continue
            office = self.merger_of(job, pilots) if self.knows_jobs else None
            yield from self.one("merge_pilots", job, office, also=pilots)

    def merger_of(self, job, pilots):
        if self.accountable(job):
            return self.owners_of(job)
        teams = {claim.start for each in pilots for claim in self.accountable(each)}
        teams = set(filter(able, teams))
        if len(teams) == 1:
            return CAN
        above = settled(teams) if teams else NOBODY
        return above if above.state in {OPEN_TO_ALL, ESCALATES} else Outcome(IMPOSSIBLE, job)

    def funding(self):
        """Money takes a standing right, which is missed where any rights are written down."""
        for job in self.graph.all("UseCase"):
            served = [each for each in job.before("SERVES", "Model") if live(each)]
            asked = not self.model or self.model in {each.id for each in served}
            if served and asked and self.rights:
                yield from self.one("fund", job, NOBODY, also=served)

    def changing(self):
        """A gate may have to be changed by its owner."""
        owned = any(each.into("OWNS") for each in self.graph.all("Gate"))
        for gate in self.gates.all:
            office = self.owners_of(gate) if self.accountable(gate) else Outcome(IMPOSSIBLE, gate)
            yield from self.one("change_policy", gate, office if owned else None)


def first(nodes):
    """The first by id."""
    return min(nodes, key=lambda each: (each.id, each.label), default=None)


def parts(decision, role):
    """Those whose part in it is the role; blank is decide."""
    return {each.end for each in decision.out("NEEDS") if each.get("role", "decide") == role}


def by_right(right, away=None):
    """What those can do who have a standing right, while that person is away."""
    named = parts(right, "decide")
    present = {who for who in named if able(who, away)}
    wanted = {"all": len(named), "k_of_n": max(right.get("quorum", 1), 1)}
    if len(present) < wanted.get(right.get("rule"), 1):
        return Outcome(IMPOSSIBLE, first(named - present) or first(named))
    missing = {who for who in parts(right, "agree") if not able(who, away)}
    if missing:
        return Outcome(IMPOSSIBLE, first(missing))
    pairs = combinations(present, 2)
    if right.get("rule") is not None or all(is_one_line(*each) for each in pairs):
        return CAN
    return settled(present)


def are_rivals(one, two):
    """Whether neither stands above the other; a person beside a team is no rival of it.

    Of people who sit in no team that is known nothing can be said.
    """
    known = one.label == two.label and placed(one) and placed(two)
    return bool(known) and not is_one_line(one, two)


def is_one_line(one, two):
    """Whether they are the same, or a team of one stands above one of the other's."""
    ones, twos = placed(one), placed(two)
    return (
        one is two
        or bool(ones & climbed(twos, "PART_OF").keys())
        or bool(twos & climbed(ones, "PART_OF").keys())
    )


def settled(rivals):
    """Several who each say that it is theirs: it ends with who is above them all.

    Where one of them is that, nothing has to be settled.
    """
    above = superior(*rivals)
    if above is not None and above.label == "Team" and above in rivals:
        return CAN
    if above is not None:
        return Outcome(ESCALATES, desk_of(above))
    one, two = sorted(rivals, key=lambda each: (each.id, each.label))[:2]
    return Outcome(CONTESTED, one, two)


def held_up(graph):
    """By model and gate, the first request of the circle for which the request there waits."""
    opened = {each for each in graph.all("Approval") if each.get("status") in OPEN}
    waits_for = {
        each: opened.intersection(each.after("AFTER", "Approval")) - {each} for each in opened
    }
    behind = {each: reaches(each, waits_for) for each in opened if waits_for[each]}
    circles = on_circles(waits_for)
    heads = {
        each: first(other for other in behind[each] if each in behind.get(other, ()))
        for each in circles
    }
    found = defaultdict(set)
    for each, others in behind.items():
        for model in each.after("CONCERNS", "Model"):
            for gate in each.after("AT", "Gate"):
                found[model, gate] |= {heads[other] for other in others & circles}
    return {at: first(knots) for at, knots in found.items() if knots}


def reaches(start, follows):
    """The start, and everything for which it waits."""
    seen, edge = {start}, [start]
    while edge:
        onward = follows[edge.pop()] - seen
        seen |= onward
        edge += onward
    return seen
