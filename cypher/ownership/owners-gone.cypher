// Models whose every owner is gone
//
// The register names an owner, so nobody looks for one; but the person has left or the team
// was dissolved. Questions, alarms and approvals go to a desk where nobody sits.
//
// code: OWN-03
// severity: 4
// cause: owner {owners}
// effect: exposed
// remedy: Name a new accountable team before the next change; take the old name off.
// actor: the lead of the team that took over the work, else of the nearest common parent of
//   {owners}
// needs: OWNS, Person.status
// among: live models with an owner
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[o:OWNS]-() WHERE coalesce(o.confidence, 1.0) >= $min_confidence }
//   RETURN count(m) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2; EU AI Act 17
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model whose owners are all gone
// column owners: list of Person or Team -- who is written down as its owner
// column days_gone: int -- how long ago the last of them left, where the day is known
MATCH (o)-[claim:OWNS]->(m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
  AND coalesce(claim.confidence, 1.0) >= $min_confidence
WITH m,
  sum(CASE WHEN coalesce(o.status, 'unknown') IN ['left', 'archived'] THEN 0 ELSE 1 END) AS here
WHERE here = 0
MATCH (m)<-[claim:OWNS]-(o)
WHERE coalesce(claim.confidence, 1.0) >= $min_confidence
WITH m, o ORDER BY o.id
WITH m, collect(DISTINCT o.id) AS owners, $today - max(o.left_day) AS days_gone
RETURN m.id AS model, owners, days_gone
ORDER BY model
