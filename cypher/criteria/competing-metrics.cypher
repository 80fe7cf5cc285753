// Models judged by rival metrics
//
// Two or more metrics for one and the same dimension are proposed, the first of them for months,
// and none is agreed. Each side can show a number that proves it right, so no result settles
// anything. Bars of which nobody wrote down dimension and metric may be one and the same.
//
// code: CRI-02
// severity: 3
// cause: criterion
// effect: design
// remedy: Have one metric for the dimension agreed, and let the others go.
// actor: the accountable owner of {model}, with the decider at the first gate
// needs: JUDGED_BY
// among: live models with a proposed criterion
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)-[j:JUDGED_BY]->() WHERE j.status = 'proposed' }
//   RETURN count(m) AS n
// control: NIST MEASURE 1.1; ISO 42001 A.6.2
// parameter contested_days: int = 60 -- proposals younger than this are still being discussed
// column model: Model -- the model
// column dimensions: list of text -- what the metrics compete about
// column criteria: list of Criterion -- the rival bars
// column days: int -- for how long the oldest has been proposed
MATCH (m:Model)-[j:JUDGED_BY]->(c:Criterion)
WHERE coalesce(m.stage, 'unknown') <> 'retired' AND j.status = 'proposed'
  AND c.dimension IS NOT NULL AND c.metric IS NOT NULL
  AND (j.until_day IS NULL OR j.until_day > $today)
WITH m, c.dimension AS dimension, j, c ORDER BY dimension, c.id
WITH m, dimension, count(DISTINCT c.metric) AS metrics, min(j.since_day) AS since,
  collect(DISTINCT c.id) AS rivals
WHERE metrics >= 2 AND $today - since > $contested_days
  // A bar agreed for the whole use case settles the dimension too.
  AND NOT EXISTS { (m)-[k:JUDGED_BY]->(agreed:Criterion)
    WHERE k.status = 'agreed' AND (k.until_day IS NULL OR k.until_day > $today)
      AND agreed.dimension = dimension }
  AND NOT EXISTS { (m)-[:SERVES]->(:UseCase)-[k:JUDGED_BY]->(agreed:Criterion)
    WHERE k.status = 'agreed' AND (k.until_day IS NULL OR k.until_day > $today)
      AND agreed.dimension = dimension }
UNWIND rivals AS rival
WITH m, dimension, since, rival ORDER BY dimension, rival
WITH m, collect(DISTINCT dimension) AS dimensions, collect(DISTINCT rival) AS criteria,
  min(since) AS since
RETURN m.id AS model, dimensions, criteria, $today - since AS days
ORDER BY days DESC, model
