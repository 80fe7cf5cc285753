"""Whether the steps of a workflow can be shared out: an assignment, or the word that none exists.

Backtracking, the place with the fewest candidates first. Steps that no rule ties are looked at
alone. People who can do exactly the same are interchangeable, so of those who have nothing to do
yet only one is tried: a large pool costs no more than a small one. Exact, within a bound on the
number of places filled; beyond that the answer is that it is not known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, islice, product
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.assignments.matching import is_plain, matched, rights_of
from ownership_graph.assignments.workflow import Voice, classes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ownership_graph.assignments.matching import Rights
    from ownership_graph.assignments.workflow import Pair, Step, Way, Workflow

MOST = 5_000
"""Places that are filled before giving up: about a second; what is real takes a hundredth."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who takes a step, as the committee `body` where it is not blank."""

    voices: tuple[Voice, ...]
    body: str = ""


Plan: TypeAlias = "Mapping[str, Chosen]"
"""Who takes each step, by its id."""


@dataclass(frozen=True, slots=True)
class Solved:
    """An assignment, `None` where there is none; not `known` where it took too long to tell."""

    plan: Plan | None
    known: bool = True


class _TooLongError(Exception):
    """More places were filled than allowed."""


def solve(workflow: Workflow, *, most: int = MOST) -> Solved:
    """An assignment that keeps all rules, if there is one."""
    plan: dict[str, Chosen] = {}
    left = [most]
    by_id = {step.id: step for step in workflow.steps}
    try:
        for ids in _open_groups(workflow, workflow.separate | workflow.same):
            found = _shared_out([by_id[each] for each in ids], workflow, left)
            if found is None:
                return Solved(None)
            plan.update(found)
    except _TooLongError:
        return Solved(None, known=False)
    return Solved(plan)


def _open_groups(workflow: Workflow, pairs: Collection[Pair]) -> list[tuple[str, ...]]:
    """The steps to be taken in groups of those that pairs tie, also by way of a step that is done.

    A step that is done ties two others only where the same must take them.
    """
    open_ = {step.id for step in workflow.steps}
    tying = [pair for pair in pairs if pair in workflow.same or pair <= open_]
    groups = (
        tuple(each for each in ids if each in open_)
        for ids in classes({*open_, *workflow.done}, tying)
    )
    return [ids for ids in groups if ids]


def _shared_out(steps: Sequence[Step], workflow: Workflow, left: list[int]) -> Plan | None:
    """An assignment of steps that rules tie to each other, and to no others.

    Most gates can be passed in the first way that is open: the others are looked at if not.
    """
    open_ = [_open_ways(step, workflow) for step in steps]
    first = [task for task in (next(each, None) for each in open_) if task]
    if len(first) < len(steps):
        return None
    found = _taken(first, workflow, left)
    if found is not None:
        return found
    ways = ([task, *others] for task, others in zip(first, open_, strict=True))
    tried = (_taken(tasks, workflow, left) for tasks in islice(product(*ways), 1, None))
    return next((each for each in tried if each is not None), None)


def _open_ways(step: Step, workflow: Workflow) -> Iterator[_Task]:
    """The ways in which the step could be taken, were there no other."""
    tasks = (_Task.of(step, way, workflow) for way in step.ways)
    return (task for task in tasks if task.can_be_done())


def _taken(tasks: Sequence[_Task], workflow: Workflow, left: list[int]) -> Plan | None:
    """An assignment where each step is to be taken in one given way."""
    if len(tasks) == 1 and not tasks[0].bound:
        return {tasks[0].id: tasks[0].alone()}
    return _Search({task.id: task for task in tasks}, workflow, left).plan()


@dataclass(frozen=True, slots=True)
class _Task:
    """A step that is to be taken in one given way, by those whom no step that is done bars.

    `apart` are the steps that share nobody with it; `bound` the groups that took steps which the
    same must take.
    """

    id: str
    wanted: int
    body: str
    rights: Rights
    plain: bool
    apart: frozenset[str]
    bound: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, step: Step, way: Way, workflow: Workflow) -> _Task:
        """The step as that way takes it."""
        apart = frozenset(
            other for pair in workflow.separate if step.id in pair for other in pair - {step.id}
        )
        barred = {who for other in apart for who in workflow.done.get(other, ())}
        voices = way.voices
        if not barred.isdisjoint(way.people):
            voices = frozenset(each for each in voices if each.person not in barred)
        rights = rights_of(voices)
        bound = _bound(step, workflow) if workflow.same else ()
        return cls(step.id, way.wanted, way.body, rights, is_plain(voices), apart, bound)

    def can_be_done(self) -> bool:
        """Whether enough can act at all, were there no other step."""
        if self.plain:
            return len(self.rights) >= self.wanted
        return len(self.acting(sorted(self.rights))) >= self.wanted

    def alone(self) -> Chosen:
        """Some who take it, where no other step and no rule hinders them."""
        acting = self.acting(list(islice(self.rights, self.wanted) if self.plain else self.rights))
        voices = sorted(Voice(who, right) for right, who in acting.items())
        return Chosen(tuple(voices[: self.wanted]), self.body)

    def acting(self, people: Sequence[str]) -> Mapping[str, str]:
        """As many of them as can act together, by the right that each uses."""
        if self.plain:
            return {person: person for person in people}
        return matched(self.rights, people)

    def takes(self, person: str, others: set[str]) -> bool:
        """Whether the person can join the others who take it."""
        if person not in self.rights:
            return False
        people = {*others, person}
        for group in self.bound:
            if self.wanted <= len(group):
                if person not in group:
                    return False
            elif len(group - people) > self.wanted - len(people):
                return False
        return self.plain or len(self.acting(sorted(people))) == len(people)


def _bound(step: Step, workflow: Workflow) -> tuple[frozenset[str], ...]:
    """The groups that took steps which the same must take as this one."""
    ids = {step.id, *workflow.done, *(other.id for other in workflow.steps)}
    [tied] = (each for each in classes(ids, workflow.same) if step.id in each)
    return tuple(workflow.done[other] for other in tied if other in workflow.done)


@dataclass(frozen=True, slots=True)
class _Place:
    """One person to be found: for each of several steps where the same people must take them."""

    group: int
    number: int
    steps: tuple[str, ...]


@dataclass(slots=True)
class _Search:
    """The search among steps of which each is to be taken in one given way."""

    tasks: Mapping[str, _Task]
    workflow: Workflow
    left: list[int]
    taken: dict[_Place, str] = field(default_factory=dict)
    kinds: list[list[str]] = field(default_factory=list)

    def plan(self) -> Plan | None:
        """Who takes which step, or nothing."""
        groups = [
            ids for ids in _open_groups(self.workflow, self.workflow.same) if ids[0] in self.tasks
        ]
        if any(b in self.tasks[a].apart for ids in groups for a, b in combinations(ids, 2)):
            return None
        self.kinds = _kinds(self.tasks.values())
        places = [
            _Place(group, number, tuple(s for s in ids if self.tasks[s].wanted > number))
            for group, ids in enumerate(groups)
            for number in range(max(self.tasks[s].wanted for s in ids))
        ]
        if not self._filled(places):
            return None
        return {own_id: self._chosen(task) for own_id, task in self.tasks.items()}

    def _chosen(self, task: _Task) -> Chosen:
        acting = task.acting(sorted(self._takers(task.id)))
        return Chosen(tuple(sorted(Voice(who, right) for right, who in acting.items())), task.body)

    def _filled(self, open_: Sequence[_Place]) -> bool:
        """Fill the places that are open; `taken` then holds everybody."""
        if not open_:
            return True
        place, candidates = self._narrowest(open_)
        rest = [each for each in open_ if each is not place]
        for person in candidates:
            if not self.left[0]:
                raise _TooLongError
            self.left[0] -= 1
            self.taken[place] = person
            if self._filled(rest):
                return True
            del self.taken[place]
        return False

    def _narrowest(self, open_: Sequence[_Place]) -> tuple[_Place, list[str]]:
        """The place with the fewest candidates, and who they are."""
        best, fewest = open_[0], list(self._candidates(open_[0]))
        for place in open_[1:]:
            found = []
            for person in self._candidates(place):
                found.append(person)
                if len(found) >= len(fewest):
                    break
            else:
                best, fewest = place, found
        return best, fewest

    def _candidates(self, place: _Place) -> Iterator[str]:
        """Who can be put there; of those who are alike and have nothing to do yet, the first."""
        busy = set(self.taken.values())
        takers = {each: self._takers(each) for each in self.tasks}
        for kind in self.kinds:
            idle = next((person for person in kind if person not in busy), None)
            tried = sorted(busy.intersection(kind)) + ([] if idle is None else [idle])
            yield from (person for person in tried if self._fits(person, place, takers))

    def _fits(self, person: str, place: _Place, takers: Mapping[str, set[str]]) -> bool:
        """Whether all rules still hold with that person there."""
        for own_id in place.steps:
            task = self.tasks[own_id]
            if not task.takes(person, takers[own_id]):
                return False
            if any(person in takers[other] for other in task.apart & takers.keys()):
                return False
        # A group has each of its people once, though only the largest step takes all of them.
        return all(at.group != place.group or who != person for at, who in self.taken.items())

    def _takers(self, own_id: str) -> set[str]:
        return {who for at, who in self.taken.items() if own_id in at.steps}


def _kinds(tasks: Iterable[_Task]) -> list[list[str]]:
    """The people in groups of those who can do exactly the same, by their own right alone."""
    alike: list[Collection[str]] = []
    unlike: set[str] = set()
    for task in tasks:
        alike += [task.rights, *task.bound]
        if not task.plain:
            lent = {
                right for person, own in task.rights.items() for right in own if right != person
            }
            unlike.update(
                person for person, own in task.rights.items() if own != [person] or person in lent
            )
    parts = [{who for task_people in alike for who in task_people} - unlike]
    for people in alike:
        halves = ((part.intersection(people), part.difference(people)) for part in parts)
        parts = [half for two in halves for half in two if half]
    return sorted([*(sorted(part) for part in parts), *([person] for person in unlike)])
