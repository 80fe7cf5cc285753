// How many experiments pass before one decision
//
// While a request waits, the team goes on trying. Where many experiments pass before one
// decision is made, faster modelling changes nothing: the answer comes too late to be about
// the model that was asked about.
//
// code: LAT-01
// severity: info
// needs: CONCERNS, Model.experiments_per_month, Approval.requested_day
// among: live models with a request and a known rate of experiments
//   MATCH (m:Model)
//   WHERE m.experiments_per_month > 0 AND coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[:CONCERNS]-(a:Approval) WHERE a.requested_day IS NOT NULL }
//   RETURN count(m) AS n
// parameter min_experiments: float = 8.0 -- show models where at least this many pass
// column model: Model -- the model
// column experiments: float -- how many experiments pass before one decision, at 30 days a month
// column experiments_per_month: float -- how many are run in a month
// column days: int -- the longest wait for a decision; one that is pending or returned still waits
// column approval: Approval -- the request that waited that long
MATCH (a:Approval)-[:CONCERNS]->(m:Model)
WHERE m.experiments_per_month > 0 AND coalesce(m.stage, 'unknown') <> 'retired'
  AND a.requested_day IS NOT NULL
WITH m, a,
  CASE WHEN a.decided_day IS NOT NULL THEN a.decided_day - a.requested_day
    WHEN a.status IN ['pending', 'returned'] THEN $today - a.requested_day
  END AS days
WHERE days * m.experiments_per_month / 30.0 >= $min_experiments
WITH m, days, a ORDER BY days DESC, a.id
WITH m, max(days) AS days, collect(a.id) AS approvals
RETURN m.id AS model, round(days * m.experiments_per_month / 30.0, 1) AS experiments,
  m.experiments_per_month AS experiments_per_month, days, approvals[0] AS approval
ORDER BY experiments DESC, model
