// Bars that were set after the result was seen
//
// The result was on the table before the bar by which it is judged. Whoever sets a bar with
// the number in hand can let it pass or fail at will. A bar that was replaced or has run out no
// longer judges.
//
// code: CRI-06
// severity: 2
// cause: criterion
// effect: design
// remedy: Judge the next version by this bar, and this one by what was agreed before.
// actor: the owner of {criterion}, with the decider at the gate
// needs: MEASURES, AGAINST, Result.day, JUDGED_BY.since_day
// among: bars with a day that hold, of models that were measured against them
//   MATCH (m:Model)-[j:JUDGED_BY]->(c:Criterion)
//   WHERE j.since_day IS NOT NULL AND coalesce(j.status, 'agreed') <> 'superseded'
//     AND (j.until_day IS NULL OR j.until_day > $today)
//     AND EXISTS { (m)<-[:MEASURES]-(:Result)-[:AGAINST]->(x:Criterion) WHERE x.id = c.id }
//   WITH DISTINCT m, c
//   RETURN count(m) AS n
// control: NIST MEASURE 1.1; ISO 42001 A.6.2
// column model: Model -- the model
// column criterion: Criterion -- the bar
// column results: list of Result -- what had been measured before it was set
// column days: int -- by how many days the first of them is older than the bar
// column agreed_by: list of text -- ids of those who agreed to the bar
MATCH (m:Model)-[j:JUDGED_BY]->(c:Criterion)
WHERE j.since_day IS NOT NULL AND coalesce(j.status, 'agreed') <> 'superseded'
  AND (j.until_day IS NULL OR j.until_day > $today)
MATCH (m)<-[:MEASURES]-(r:Result)
WHERE r.day < j.since_day AND EXISTS { (r)-[:AGAINST]->(x:Criterion) WHERE x.id = c.id }
WITH m, c, j, r ORDER BY r.day, r.id
WITH m, c, j, collect(r.id) AS results, j.since_day - min(r.day) AS days
RETURN m.id AS model, c.id AS criterion, results, days, coalesce(j.agreed_by, []) AS agreed_by
ORDER BY days DESC, model, criterion
