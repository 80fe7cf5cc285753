// Models whose demands clash
//
// Each of these demands was met by some version of the model, and no version that was measured
// meets them together. One more experiment moves the fault from one judge to the next; which
// demand gives way is a decision, and nobody has made it. What was not measured counts as no fault.
//
// code: CRI-05
// severity: 3
// cause: criterion {demands}
// effect: design
// remedy: Put the judges of these demands at one table, and have them write which gives way, and how
//   far.
// actor: the nearest common superior of {judges}, else the owner of {model}
// needs: JUDGED_BY, AGAINST, Result.value, Criterion.threshold
// among: live models with several demands and a measurement
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[:MEASURES]-(r:Result) WHERE r.value IS NOT NULL }
//   OPTIONAL MATCH (m)-[:SERVES]->(u:UseCase)
//   WITH m, [m] + collect(u) AS sides
//   UNWIND sides AS side
//   MATCH (side)-[j:JUDGED_BY]->(c:Criterion)
//   WHERE coalesce(j.status, 'proposed') <> 'superseded'
//     AND (j.since_day IS NULL OR j.since_day <= $today)
//     AND (j.until_day IS NULL OR j.until_day > $today)
//     AND c.threshold IS NOT NULL AND c.direction IN ['max', 'min']
//   WITH m, count(DISTINCT c) AS demands
//   WHERE demands > 1
//   RETURN count(m) AS n
// then: clashing_demands
// control: NIST MEASURE 1.1; NIST MAP 1.5
// column model: Model -- the model
// column demands: list of Criterion -- the fewest demands that no measured version meets together
// column judges: list of Person or Team -- who owns these demands, or agreed to them
// column versions: int -- how many versions were measured
// column closest: text -- the version that misses the fewest demands, the last of them
// column never_met: list of Criterion -- demands that no version met even alone
// column trade_offs: list of TradeOff -- agreed ones that hold for it, and may say what gives way
// column smallest: bool -- false where there are too many demands to try all, so that fewer may do
// column severity: int -- 1 where an agreed trade-off holds for it, else 3
MATCH (m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
  AND EXISTS { (m)<-[:MEASURES]-(r:Result) WHERE r.value IS NOT NULL }
OPTIONAL MATCH (m)-[:SERVES]->(u:UseCase)
WITH m, [m] + collect(u) AS sides
UNWIND sides AS side
MATCH (side)-[j:JUDGED_BY]->(c:Criterion)
WHERE coalesce(j.status, 'proposed') <> 'superseded'
  AND (j.since_day IS NULL OR j.since_day <= $today)
  AND (j.until_day IS NULL OR j.until_day > $today)
  AND c.threshold IS NOT NULL AND c.direction IN ['max', 'min']
WITH m, c, max(CASE WHEN side.id = m.id THEN j.observed END) AS observed,
  collect(coalesce(j.agreed_by, [])) AS agreed
ORDER BY c.id
WITH m, collect({demand: c.id, metric: c.metric, unit: c.unit, direction: c.direction,
  threshold: c.threshold, observed: observed,
  judges: reduce(known = [(c)<-[:OWNS]-(o) | o.id], each IN agreed | known + each)}) AS demands
WHERE size(demands) > 1
MATCH (m)<-[:MEASURES]-(r:Result)
WHERE r.value IS NOT NULL
MATCH (r)-[:AGAINST]->(c:Criterion)
WITH m, demands, collect({result: r.id, version: r.version, day: r.day, value: r.value,
  demand: c.id, metric: c.metric, unit: c.unit}) AS results
RETURN m.id AS model, m.version AS version, demands, results,
  [(m)<-[:COVERS]-(x:TradeOff) WHERE coalesce(x.status, 'agreed') = 'agreed' | x.id]
  + [(m)-[:SERVES]->(:UseCase)<-[:COVERS]-(x:TradeOff)
    WHERE coalesce(x.status, 'agreed') = 'agreed' | x.id] AS trade_offs
ORDER BY model
