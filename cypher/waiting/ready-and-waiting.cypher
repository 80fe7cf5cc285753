// Models that meet every bar and still wait
//
// Everything that was agreed, for the model or for a use case it serves, has been measured and
// met, and the request waits longer than the gate promised. Better modelling cannot speed this up;
// only the organisation can. What counts is what was measured of this very model: every result of
// the last day on which it was measured against the bar, else what was last observed of it.
//
// code: BOT-01
// severity: 4
// cause: gate {gates}
// effect: stopped
// remedy: Decide it this week; nothing that was asked for is missing.
// actor: {deciders: those before whom it lies}, else those who decide at {gates}
// needs: AT, CONCERNS, Approval.requested_day, Gate.sla_days, JUDGED_BY status agreed
// among: models that wait at a gate with a promise
//   MATCH (m:Model)
//   WHERE EXISTS { (m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
//     WHERE a.status = 'pending' AND g.sla_days IS NOT NULL }
//   RETURN count(m) AS n
// control: NIST MANAGE 1.1
// parameter times_sla: float = 1.0 -- how many times the promised days are too long
// column model: Model -- the model that is ready
// column gates: list of Gate -- where it waits
// column approvals: list of Approval -- the requests that wait
// column deciders: list of Person or Team -- before whom they lie
// column bars: list of Criterion -- the agreed bars, all of them met
// column days: int -- how long it has waited, without the days at the requester
MATCH (a:Approval)-[:AT]->(g:Gate)
WHERE a.status = 'pending' AND g.sla_days IS NOT NULL
  AND $today - a.requested_day - coalesce(a.days_with_requester, 0) > $times_sla * g.sla_days
MATCH (a)-[:CONCERNS]->(m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
OPTIONAL MATCH (a)-[d:DECIDED_BY]->(o)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH m, a, g, o.id AS decider ORDER BY g.seq, g.id, a.id, decider
WITH m, collect(DISTINCT g.id) AS gates, collect(DISTINCT a.id) AS approvals,
  collect(DISTINCT decider) AS deciders,
  max($today - a.requested_day - coalesce(a.days_with_requester, 0)) AS days
OPTIONAL MATCH (m)-[:SERVES]->(u:UseCase)
WITH m, gates, approvals, deciders, days, [m] + collect(u) AS judged
UNWIND judged AS side
MATCH (side)-[j:JUDGED_BY]->(c:Criterion)
WHERE j.status = 'agreed' AND (j.until_day IS NULL OR j.until_day > $today)
OPTIONAL MATCH (m)<-[:MEASURES]-(r:Result)
WHERE r.day IS NOT NULL AND r.value IS NOT NULL
  AND EXISTS { (r)-[:AGAINST]->(x:Criterion) WHERE x.id = c.id }
WITH m, gates, approvals, deciders, days, c, collect(r) AS results, max(r.day) AS last,
  max(CASE WHEN side.id = m.id THEN j.observed END) AS observed
WITH m, gates, approvals, deciders, days, c,
  CASE WHEN last IS NULL THEN [observed]
    ELSE [r IN results WHERE r.day = last | r.value] END AS measured
WITH m, gates, approvals, deciders, days, c.id AS bar,
  CASE WHEN c.direction = 'max' AND all(v IN measured WHERE v >= c.threshold) THEN 1
    WHEN c.direction = 'min' AND all(v IN measured WHERE v <= c.threshold) THEN 1
    ELSE 0 END AS met
ORDER BY bar
WITH m, gates, approvals, deciders, days, collect(bar) AS bars, sum(met) AS met
WHERE size(bars) = met
RETURN m.id AS model, gates, approvals, deciders, bars, days
ORDER BY days DESC, model
