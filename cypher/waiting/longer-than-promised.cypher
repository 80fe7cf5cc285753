// Requests that wait far longer than promised
//
// The gate promised an answer within so many days, and more than twice as many have passed;
// or it promised nothing, and this request waits far longer than is usual there: longer than
// the third quartile of what its decisions took by more than 1.5 times the distance between the
// quartiles (Tukey 1977). A quartile is the shortest wait of which more than a quarter, or three,
// were no longer. Days in which the request lay with the requester do not count, nor do decisions
// dated before their request, nor requests about retired models alone.
//
// code: LAT-02
// severity: 3
// cause: gate
// effect: stopped
// remedy: Decide this request, or say this week what is missing and by when it will be decided.
// actor: {deciders: those before whom it lies}, else those who decide at {gate}
// needs: AT, Approval.requested_day
// among: pending requests with a known day
//   MATCH (a:Approval)-[:AT]->(:Gate)
//   WHERE a.status = 'pending' AND a.requested_day IS NOT NULL
//   RETURN count(DISTINCT a) AS n
// control: NIST MANAGE 1.1
// parameter times_promised: float = 2.0 -- how many times the promised days are too long
// parameter min_decided: int = 10 -- without a promise, that many decisions show what is usual
// column approval: Approval -- the request that waits
// column gate: Gate -- where it waits
// column models: list of Model -- what it is about
// column deciders: list of Person or Team -- before whom it lies
// column days: int -- how long it has waited, without the days at the requester
// column promised: int -- how many days the gate promised, if it did
// column too_long: float -- how many days are too long here
MATCH (g:Gate)
OPTIONAL MATCH (past:Approval)-[:AT]->(g)
WHERE g.sla_days IS NULL AND past.decided_day >= past.requested_day
WITH g, past.decided_day - past.requested_day - coalesce(past.days_with_requester, 0) AS took
ORDER BY took
WITH g, collect(took) AS took
WITH g,
  CASE WHEN g.sla_days IS NOT NULL THEN $times_promised * g.sla_days
    WHEN size(took) >= $min_decided
      THEN took[3 * size(took) / 4] + 1.5 * (took[3 * size(took) / 4] - took[size(took) / 4])
  END AS too_long
MATCH (g)<-[:AT]-(a:Approval)
WHERE a.status = 'pending'
  AND $today - a.requested_day - coalesce(a.days_with_requester, 0) > too_long
  AND (NOT EXISTS { (a)-[:CONCERNS]->() }
    OR EXISTS { (a)-[:CONCERNS]->(m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' })
WITH a, g, too_long, $today - a.requested_day - coalesce(a.days_with_requester, 0) AS days
OPTIONAL MATCH (a)-[:CONCERNS]->(m:Model)
WITH a, g, too_long, days, m.id AS model ORDER BY model
WITH a, g, too_long, days, collect(model) AS models
OPTIONAL MATCH (a)-[d:DECIDED_BY]->(decider)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH a, g, too_long, days, models, decider.id AS decider ORDER BY decider
WITH a, g, too_long, days, models, collect(DISTINCT decider) AS deciders
RETURN a.id AS approval, g.id AS gate, models, deciders, days, g.sla_days AS promised, too_long
ORDER BY days DESC, approval, gate
