"""What the oracle's rules take for granted of those who stand above others."""

from __future__ import annotations

from oracle.granted import here, teams_of


def leads(team):
    """Those who lead the team and are here."""
    ties = team.into("MEMBER_OF", "Person")
    return {each.start for each in ties if each.get("role") == "lead" and here(each.start)}


def desk_of(who):
    """Where what comes to somebody is answered: a team answers by the one who leads it."""
    known = leads(who) if who.label == "Team" else ()
    return next(iter(known)) if len(known) == 1 else who


def placed(who):
    """The teams in which somebody stands in the line; a seat on a committee is no place in it."""
    if who.label == "Team":
        return {who}
    return {each for each in teams_of(who) if each.get("kind") != "committee"}


def climbed(starts, type_):
    """Everything that stands above, with how many steps it is up from the nearest start."""
    steps = dict.fromkeys(starts, 0)
    edge = list(starts)
    while edge:
        above = {up: steps[each] + 1 for each in edge for up in each.after(type_)}
        edge = [each for each in above if each not in steps]
        steps |= {each: above[each] for each in edge}
    return steps


def superior(*parties):
    """The team or person above all of these; None where nobody is known to be.

    First the teams are looked at, then those to whom they, or who leads them, report.
    """
    team = nearest([climbed(placed(each), "PART_OF") for each in parties])
    if team is not None:
        return team
    reporting = [leads(each) if each.label == "Team" else {each} for each in parties]
    return nearest([climbed(each, "REPORTS_TO") for each in reporting])


def nearest(lines):
    """Who is here and stands in all lines: least far up from the farthest, then from all."""
    common = set.intersection(*map(set, lines))
    return min(
        filter(here, common),
        key=lambda each: (
            max(line[each] for line in lines),
            sum(line[each] for line in lines),
            each.id,
        ),
        default=None,
    )
