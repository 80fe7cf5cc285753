// What waits before whom
//
// The pending requests of each decider, oldest first: the load that lies on a desk, which says
// nothing about how well somebody works. A request before two deciders is shown with both.
//
// code: LST-02
// severity: info
// needs: DECIDED_BY
// among: pending requests
//   MATCH (a:Approval) WHERE a.status = 'pending' RETURN count(a) AS n
// parameter min_waiting: int = 1 -- leave out desks on which fewer requests lie
// column decider: Person or Team -- before whom they lie
// column waiting: int -- how many requests
// column oldest_days: int -- for how long the oldest has waited
// column median_days: int -- for how long the longer half has waited at least
// column approvals: list of Approval -- the requests, the oldest first
// column gates: list of Gate -- where they stand
MATCH (a:Approval)-[d:DECIDED_BY]->(o)
WHERE a.status = 'pending' AND coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH DISTINCT o, a, $today - a.requested_day AS days
OPTIONAL MATCH (a)-[:AT]->(g:Gate)
WITH o, a, days, g ORDER BY coalesce(days, 0) DESC, a.id, g.id
WITH o, collect(DISTINCT a.id) AS approvals, collect(DISTINCT g.id) AS gates,
  collect(days) AS waits
WHERE size(approvals) >= $min_waiting
RETURN o.id AS decider, size(approvals) AS waiting, waits[0] AS oldest_days,
  waits[(size(waits) - 1) / 2] AS median_days, approvals, gates
ORDER BY coalesce(oldest_days, 0) DESC, decider
