// Pilots of one job that are judged differently
//
// Each pilot proves itself by a number of its own, so none can beat the others, and the
// choice among them never has to be made.
//
// code: PIL-02
// severity: 2
// cause: criterion
// effect: design
// remedy: Agree one bar for the use case, and measure every pilot by it.
// actor: the owner of {use_case}, else the nearest common superior of the owners of {pilots}
// needs: SERVES, JUDGED_BY
// among: use cases with two pilots that are judged at all
//   MATCH (m:Model)-[:SERVES]->(u:UseCase)
//   WHERE m.stage = 'pilot' AND EXISTS { (m)-[:JUDGED_BY]->(:Criterion) }
//   WITH u, count(DISTINCT m) AS pilots
//   WHERE pilots > 1
//   RETURN count(u) AS n
// control: NIST MEASURE 1.1
// column use_case: UseCase -- the job
// column pilots: list of Model -- pilots that share no measure with another one
// column metrics: list of text -- by what they are judged
// column criteria: list of Criterion -- the bars
MATCH (u:UseCase)
WHERE NOT EXISTS { (u)-[j:JUDGED_BY]->(:Criterion)
  WHERE j.status = 'agreed' AND (j.until_day IS NULL OR j.until_day > $today) }
MATCH (u)<-[:SERVES]-(m:Model)
WHERE m.stage = 'pilot'
MATCH (m)-[j:JUDGED_BY]->(c:Criterion)
WHERE coalesce(j.status, 'proposed') <> 'superseded'
  AND (j.until_day IS NULL OR j.until_day > $today)
WITH u, m, coalesce(c.metric, c.id) AS metric, c.id AS bar ORDER BY metric, bar
WITH u, m, collect(DISTINCT metric) AS metrics, collect(DISTINCT bar) AS bars
WITH u, collect({id: m.id, metrics: metrics, bars: bars}) AS pilots
WHERE size(pilots) > 1
UNWIND pilots AS one
WITH u, one,
  [two IN pilots WHERE two.id <> one.id AND none(x IN two.metrics WHERE x IN one.metrics)] AS apart
WHERE size(apart) > 0
WITH u, one ORDER BY one.id
WITH u, collect(one.id) AS found, collect(one.metrics) AS metrics, collect(one.bars) AS bars
WITH u, found, reduce(known = [], each IN metrics | known + each) AS metrics,
  reduce(known = [], each IN bars | known + each) AS bars
UNWIND metrics AS metric
WITH u, found, bars, metric ORDER BY metric
WITH u, found, bars, collect(DISTINCT metric) AS metrics
UNWIND bars AS bar
WITH u, found, metrics, bar ORDER BY bar
WITH u, found, metrics, collect(DISTINCT bar) AS criteria
RETURN u.id AS use_case, found AS pilots, metrics, criteria
ORDER BY size(found) DESC, use_case
