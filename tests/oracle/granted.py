"""What every rule takes for granted: the words of cypher/README.md, one function each."""

from __future__ import annotations

GONE = {"left", "archived"}
HINT = 0.5
"""An owner of a stated confidence below it is a hint and no claim."""


def live(model):
    """Not retired; a stage that nobody states is not `retired`."""
    return model.get("stage") != "retired"


def here(node):
    """A person who did not leave, a team that was not dissolved; unknown is here."""
    return node.get("status") not in GONE


def is_claim(owns, min_confidence=HINT):
    """Whether it is more than a hint: no confidence is stated, or it is high enough."""
    return owns.get("confidence", 1.0) >= min_confidence


def claims(thing, min_confidence=HINT):
    """The ties by which teams and persons claim to own the thing; hints are left out."""
    return [each for each in thing.into("OWNS") if is_claim(each, min_confidence)]


def accountable(thing, min_confidence=HINT):
    """The claims to be accountable for the thing."""
    return [each for each in claims(thing, min_confidence) if each.get("role") == "accountable"]


def same_part(one, two):
    """Whether two scopes have something in common; a blank one is all of it."""
    return one is None or two is None or one == two


def decides(tie):
    """Whether who is asked decides: the role is decide or agree, and blank is decide."""
    return tie.get("role", "decide") in {"decide", "agree"}


def deciders(approval):
    """Who decides the request: those who are asked for advice alone are left out."""
    return {each.end for each in approval.out("DECIDED_BY") if decides(each)}


def teams_of(person):
    """The teams that the person sits in: not as a liaison, and no mailing groups."""
    ties = [each for each in person.out("MEMBER_OF") if each.get("role") != "liaison"]
    return {each.end for each in ties if each.end.get("kind") != "group"}


def people_of(team):
    """The team's people: all but liaisons."""
    return {each.start for each in team.into("MEMBER_OF") if each.get("role") != "liaison"}


def able(body, away=None):
    """Whether a person is here, or enough of the people of a team, while that person is away.

    A committee needs its quorum; a body whose members nobody wrote down is one voice.
    """
    if not here(body) or body is away:
        return False
    members = people_of(body)
    if body.label == "Person" or not members:
        return True
    return len(set(filter(here, members)) - {away}) >= max(body.get("quorum", 1), 1)


def reached(node, type_, *labels, forth=True, steps):
    """The nodes at which ties of the type arrive from here, going forth or back.

    The node itself is among them only where they lead back to it.
    """
    found, edge = set(), {node}
    for _ in range(steps):
        ways = [each.out(type_) if forth else each.into(type_) for each in edge]
        edge = {tie.end if forth else tie.start for ties in ways for tie in ties}
        edge = {each for each in edge if not labels or each.label in labels} - found
        found |= edge
    return found


def line_above(team):
    """The team and the teams above it, up to eight steps."""
    return {team} | reached(team, "PART_OF", steps=8)


def is_same(one, two):
    """Whether two answers are the same: a body and one above it in its line answer as one."""
    return one == two or one in above(two) or two in above(one)


def above(answer):
    """Of a team the teams above it, of a person the teams that it sits in and those above them."""
    match getattr(answer, "label", None):
        case "Team":
            return line_above(answer)
        case "Person":
            return {each for team in teams_of(answer) for each in line_above(team)}
    return set()


def line_below(team):
    """The team and the teams below it, up to eight steps."""
    return {team} | reached(team, "PART_OF", forth=False, steps=8)


def still_open(approval):
    """Whether the request is pending, and about no model or about one that is live."""
    models = approval.after("CONCERNS", "Model")
    return approval.get("status") == "pending" and (not models or any(map(live, models)))


def waited(approval, until):
    """For how many days it lay with those who decide; None where nobody knows since when."""
    since = approval.get("requested_day")
    if since is None or until is None:
        return None
    return until - since - approval.get("days_with_requester", 0)


def in_force(tie, today):
    """Whether a tie with a day on which it ends still holds."""
    return tie.get("until_day") is None or tie.get("until_day") > today
