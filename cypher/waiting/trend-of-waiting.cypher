// Whether ever more of the models on their way are waiting
//
// A model is on its way from its first sign (a measurement, an owner, a stage, a request) until it
// is in production, and it waits while a request of it is open. Which share of those days is
// waiting, quarter by quarter? It rises or falls where chance alone would go as far, up or down,
// in fewer than 5 of 100 orders of the same quarters (Mann 1945, Kendall 1975; counted exactly).
// Take that as a hint: a request that is open in two quarters ties them together, and a record
// that becomes fuller looks like more waiting. Whole quarters since the first request count;
// models that are retired, of unknown stage, or in production since nobody knows when are left
// out.
//
// code: TRD-01
// severity: info
// needs: CONCERNS, Approval.requested_day, Model.stage
// among: models of which it is known when they were on their way
//   MATCH (m:Model)
//   WHERE m.stage IN ['idea', 'experiment', 'pilot']
//     OR (m.stage = 'production' AND m.stage_day <= $today)
//   WITH m, CASE WHEN m.stage = 'production' THEN m.stage_day ELSE $today END AS until
//   WHERE m.stage_day < until
//     OR EXISTS { (m)<-[:CONCERNS]-(a:Approval) WHERE a.requested_day < until
//       AND (a.decided_day >= a.requested_day
//         OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned'])) }
//     OR EXISTS { (m)<-[:MEASURES]-(r:Result) WHERE r.day < until }
//     OR EXISTS { (m)<-[o:OWNS]-() WHERE o.since_day < until }
//   RETURN count(m) AS n
// then: trend_of_waiting
// parameter max_chance: float = 0.05 -- more often than that, chance could do it as well
// parameter min_quarters: int = 6 -- fewer quarters tell nothing
// column trend: text -- rising, falling, or none that chance could not bring about
// column chance: float -- in which share of all orders the quarters go as far, up or down
// column a_year: float -- by how much the share rises in a year: half of all pairs of quarters
//   rise by more (Sen 1968)
// column quarters: int -- how many quarters are compared
// column shares: list of text -- each quarter with the share of its days that waited
MATCH (m:Model)
WHERE m.stage IN ['idea', 'experiment', 'pilot']
  OR (m.stage = 'production' AND m.stage_day <= $today)
WITH m, CASE WHEN m.stage = 'production' THEN m.stage_day ELSE $today END AS until
OPTIONAL MATCH (m)<-[:CONCERNS]-(a:Approval)
WHERE a.requested_day < until AND (a.decided_day >= a.requested_day
  OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']))
WITH m, until, a.requested_day AS asked,
  CASE WHEN a IS NULL THEN null
    WHEN coalesce(a.decided_day, $today) < until THEN coalesce(a.decided_day, $today)
    ELSE until END AS answered
WITH m, until, collect(asked) AS requested, collect(answered) AS open_until, min(asked) AS first
OPTIONAL MATCH (m)<-[:MEASURES]-(r:Result)
WITH m, until, requested, open_until, first, min(r.day) AS measured
OPTIONAL MATCH (m)<-[o:OWNS]-()
WITH m, until, requested, open_until, first, measured, min(o.since_day) AS owned
RETURN m.id AS model, [first, measured, owned, m.stage_day] AS signs, until, requested, open_until
ORDER BY model
