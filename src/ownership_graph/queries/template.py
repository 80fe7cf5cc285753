"""The first text of a question of one's own: it works as it stands, and explains each line."""

from __future__ import annotations

_TEXT = """\
//# A question that works as it stands: change what it asks. Lines that begin with //# explain, and
//# may go. Three blocks follow, parted by an empty // line: title, why it matters, fields.
//#
//# The title: what is wrong when a row comes back, in one line.
// Pilots that no day is set for
//
//# Why it matters, and what does not count; shown above the rows.
// Nobody has written down by when it is decided what becomes of this pilot, so it is late on no
// day, and it will go on until somebody asks.
//
//# code: stable for ever; history and other programs use it.
// code: @CODE@
//# severity: 1 low, 2 and 3 medium, 4 high. `info` makes a listing, which needs no remedy.
// severity: 2
//# cause: what stands behind several findings: gate, decider, owner, policy, criterion or data; in
//# braces the column that holds it.
// cause: owner {owners}
//# effect: stopped (waits now), exposed (live at risk), fragile (stops if one person is away),
//# design (that is how it is set up), data (something is not written down).
// effect: design
//# remedy: the first step, one sentence that tells somebody what to do.
// remedy: Set the day by which the pilot goes on to production, or ends.
//# actor: who has the right to take that step; in braces the column by which it is known who.
// actor: the accountable owner of {model}
//# needs: facts without which silence means nothing. Without them the answer is "not assessable".
//# A property of your own is named here, too, as in Model.cost_centre.
// needs: Model.stage, Model.target_day
//# among: who could have been affected, and below it, indented, a query that counts them as n.
// among: pilots
//   MATCH (m:Model) WHERE m.stage = 'pilot' RETURN count(m) AS n
//# control: clauses of frameworks that the answer is evidence towards; leave it out if none fits.
// control: NIST MANAGE 1.1
//# parameter: a threshold, with type (int, float, text, bool, day) and default; --set changes it.
// parameter min_days: int = 30 -- how long it has been a pilot; younger ones are being sorted
//# column: what is returned, in that order. The first with a label is the thing that is wrong, and
//# its ids are what history goes by. A list is evidence.
// column model: Model -- the pilot without a day
// column days: int -- for how long it has been a pilot, where that is known
// column owners: list of Person or Team -- who owns it
//#
//# Then the Cypher, which may only read. Days are whole numbers; $today is always there. Say what
//# unknown means, as coalesce does here, and end with an ORDER BY down to an id.
MATCH (m:Model)
WHERE m.stage = 'pilot' AND m.target_day IS NULL
  AND $today - coalesce(m.stage_day, 0) >= $min_days
OPTIONAL MATCH (m)<-[:OWNS]-(o)
WITH m, o.id AS owner ORDER BY owner
WITH m, collect(DISTINCT owner) AS owners
RETURN m.id AS model, $today - m.stage_day AS days, owners
ORDER BY coalesce(days, 0) DESC, model
"""


def template(code: str) -> str:
    """The text of a question with that code."""
    return _TEXT.replace("@CODE@", code)
