// Measured and never reported
//
// Somebody measured it and those who decide never saw it. What stays in a drawer is usually
// what would have made a difference.
//
// code: CRI-07
// severity: 2
// cause: criterion
// effect: design
// remedy: Pass the results on to those who decide, with a word on why they came late.
// actor: the accountable owner of {model}
// needs: MEASURES, Result.reported
// among: live models that were measured
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired' AND EXISTS { (m)<-[:MEASURES]-(:Result) }
//   RETURN count(m) AS n
// control: NIST GOVERN 4.3
// column model: Model -- the model
// column results: list of Result -- what was not reported, the newest first
// column days: int -- how old the newest of them is
MATCH (r:Result)-[:MEASURES]->(m:Model)
WHERE r.reported = false AND coalesce(m.stage, 'unknown') <> 'retired'
WITH m, r ORDER BY r.day DESC, r.id
WITH m, collect(r.id) AS results, max(r.day) AS newest
RETURN m.id AS model, results, $today - newest AS days
ORDER BY size(results) DESC, model
