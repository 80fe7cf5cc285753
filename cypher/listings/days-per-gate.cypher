// How many days a request takes at each gate
//
// Half of all requests are answered within the median, 85 and 95 of 100 within the others. What
// still waits is kept in, as long as it has been waiting: an average over what is decided would
// forget the slowest. A blank means that so many still wait that nobody can know it. Days that a
// request lay with the requester do not count.
//
// code: LST-10
// severity: info
// needs: AT, Approval.requested_day
// among: gates
//   MATCH (g:Gate) RETURN count(g) AS n
// then: days_per_gate
// parameter days_back: int = 730 -- leave out what was requested longer ago
// column gate: Gate -- the gate
// column requests: int -- how many requests
// column waiting: int -- how many of them still wait, or were withdrawn undecided
// column median_days: int -- within so many days half of them are answered
// column p85_days: int -- 85 of 100
// column p95_days: int -- 95 of 100
// column promised: int -- how many days the gate promised, if it did
// column in_time: float -- the share that is answered within the promised days
MATCH (g:Gate)<-[:AT]-(a:Approval)
WHERE a.requested_day >= $today - $days_back
WITH g, a, coalesce(a.status, 'pending') AS status,
  a.requested_day + coalesce(a.days_with_requester, 0) AS begun
// A decision without a day says nothing of how long it took.
WITH g, a.id AS request,
  CASE WHEN status <> 'withdrawn' THEN a.decided_day - begun END AS took,
  CASE WHEN status = 'withdrawn' THEN a.decided_day - begun
    WHEN a.decided_day IS NULL AND status IN ['pending', 'returned'] THEN $today - begun
  END AS so_far
WHERE took >= 0 OR so_far >= 0
WITH g, request, took, so_far ORDER BY took, so_far, request
WITH g, collect(took) AS took, collect(so_far) AS so_far
RETURN g.id AS gate, g.sla_days AS promised, took, so_far
ORDER BY coalesce(g.seq, 0), gate
