// Whether ever more of the models on their way are waiting
//
// A model is on its way from its first sign (a measurement, an owner, a stage) until it is in
// production, and it waits while a request of it is open. Which share of the models on their way
// waits, quarter by quarter? It rises or falls where chance alone would go as far, up or down, in
// fewer than 5 of 100 orders of the same quarters (Mann 1945, Kendall 1975; counted exactly). Take
// that as a hint: a request that is open in two quarters ties them together, and a record that
// becomes fuller looks like more waiting. Whole quarters since the first request count. Left out
// are models whose first sign is their request, for they would be there only from when they wait,
// and those that are retired, of unknown stage, or in production since nobody knows when.
//
// code: TRD-01
// severity: info
// needs: CONCERNS, Approval.requested_day, Model.stage,
//   Model.stage_day or Result.day or OWNS.since_day
// among: models of which it is known when they were on their way
//   MATCH (m:Model)
//   WHERE m.stage IN ['idea', 'experiment', 'pilot']
//     OR (m.stage = 'production' AND m.stage_day <= $today)
//   WITH m, CASE WHEN m.stage = 'production' THEN m.stage_day ELSE $today END AS until
//   WITH m, reduce(first = until, day IN [(m)<-[:CONCERNS]-(a:Approval)
//       WHERE a.decided_day >= a.requested_day
//         OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']) | a.requested_day]
//     | CASE WHEN day < first THEN day ELSE first END) AS first
//   WHERE m.stage_day < first
//     OR EXISTS { (m)<-[:MEASURES]-(r:Result) WHERE r.day < first }
//     OR EXISTS { (m)<-[o:OWNS]-() WHERE o.since_day < first }
//   RETURN count(m) AS n
// then: trend_of_waiting
// parameter max_chance: float = 0.05 -- more often than that, chance could do it as well
// parameter min_quarters: int = 6 -- fewer quarters tell nothing
// parameter min_models: int = 5 -- leave out quarters in which fewer were on their way
// column trend: text -- rising, falling, or none that chance could not bring about
// column chance: float -- in which share of all orders the quarters go as far, up or down
// column a_year: float -- by how much the share rises in a year: half of all pairs of quarters
//   rise by more (Sen 1968)
// column quarters: int -- how many quarters are compared
// column shares: list of text -- each quarter with the share that waited, of how many models on
//   their way on an average day
MATCH (m:Model)
WHERE m.stage IN ['idea', 'experiment', 'pilot']
  OR (m.stage = 'production' AND m.stage_day <= $today)
WITH m, CASE WHEN m.stage = 'production' THEN m.stage_day ELSE $today END AS until
RETURN m.id AS model, [m.stage_day] + [(m)<-[:MEASURES]-(r:Result) | r.day]
    + [(m)<-[o:OWNS]-() | o.since_day] AS signs,
  until,
  [(m)<-[:CONCERNS]-(a:Approval)
    WHERE a.requested_day < until AND (a.decided_day >= a.requested_day
      OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']))
    | [a.requested_day, CASE WHEN coalesce(a.decided_day, $today) < until
      THEN coalesce(a.decided_day, $today) ELSE until END]] AS requests
ORDER BY model
