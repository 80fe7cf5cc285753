// Gates whose rule was left behind
//
// The rule was last looked at, or made, when half as many models came to the gate in a year, or
// fewer. It may ask everybody for what was meant for a few, and those who decide may be too few.
// What came in the year up to the review is compared with what came in the last year; for a rule
// that was never reviewed, what came in its first year. Where nothing is recorded of that year,
// nothing can be said.
//
// code: PTH-05
// severity: info
// needs: AT, CONCERNS, Approval.requested_day, Gate.reviewed_day or Gate.since_day
// among: gates in force of which it is known when they were reviewed or began
//   MATCH (g:Gate)
//   WHERE coalesce(g.reviewed_day, g.since_day) <= $today
//     AND coalesce(g.since_day, $today) <= $today AND (g.retired_day IS NULL OR g.retired_day > $today)
//   RETURN count(g) AS n
// control: NIST GOVERN 1.3; NIST GOVERN 1.5
// parameter min_days: int = 365 -- leave out what was reviewed more recently
// parameter min_growth: float = 2.0 -- leave out gates to which fewer times as many models come
// column gate: Gate -- the gate
// column days: int -- how long ago its rule was reviewed, or made
// column reviewed: bool -- whether it ever was reviewed, as far as is known
// column models_then: int -- how many models came in the year up to then, or in its first year
// column models_now: int -- how many came in the last year
// column growth: float -- how many times as many
// column waiting: int -- how many requests wait there now
// column owners: list of Person or Team -- who owns the rule, and can have it looked at
MATCH (g:Gate)
WHERE coalesce(g.since_day, $today) <= $today AND (g.retired_day IS NULL OR g.retired_day > $today)
  AND $today - coalesce(g.reviewed_day, g.since_day) >= $min_days
WITH g, $today - coalesce(g.reviewed_day, g.since_day) AS days,
  CASE WHEN g.reviewed_day IS NULL THEN g.since_day ELSE g.reviewed_day - 364 END AS began
MATCH (g)<-[:AT]-(a:Approval)-[:CONCERNS]->(m:Model)
WHERE a.requested_day >= began AND a.requested_day <= $today
WITH g, days,
  count(DISTINCT CASE WHEN a.requested_day < began + 365 THEN m.id END) AS models_then,
  count(DISTINCT CASE WHEN a.requested_day > $today - 365 THEN m.id END) AS models_now
WHERE models_then > 0 AND models_now >= $min_growth * models_then
OPTIONAL MATCH (g)<-[claim:OWNS]-(o)
WHERE coalesce(claim.role, 'accountable') = 'accountable'
  AND coalesce(claim.confidence, 1.0) >= 0.5
  AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
WITH g, days, models_then, models_now, o.id AS owner ORDER BY owner
WITH g, days, models_then, models_now, collect(DISTINCT owner) AS owners
RETURN g.id AS gate, days, g.reviewed_day IS NOT NULL AS reviewed, models_then, models_now,
  round(models_now * 1.0 / models_then, 1) AS growth,
  COUNT { (g)<-[:AT]-(a:Approval) WHERE a.status = 'pending' } AS waiting, owners
ORDER BY growth DESC, days DESC, gate
