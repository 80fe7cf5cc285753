// Models with owners, none accountable
//
// Several names are on the list, as technical or business owner, and each can point to
// another: somebody looks after the model, nobody has to answer for it.
//
// code: OWN-05
// severity: 3
// cause: owner {owners}
// effect: exposed
// remedy: Make one of the present owners accountable, and have it confirmed.
// actor: the lead of the nearest common parent of {owners}
// needs: OWNS role accountable
// among: live models with an owner
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[o:OWNS]-() WHERE coalesce(o.confidence, 1.0) >= $min_confidence }
//   RETURN count(m) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2; EU AI Act 17
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model that nobody is accountable for
// column owners: list of Person or Team -- who owns it in another role
// column roles: list of text -- the roles that are taken
MATCH (o)-[claim:OWNS]->(m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
  AND coalesce(claim.confidence, 1.0) >= $min_confidence
WITH m, sum(CASE WHEN claim.role = 'accountable' THEN 1 ELSE 0 END) AS accountable
WHERE accountable = 0
MATCH (m)<-[claim:OWNS]-(o)
WHERE coalesce(claim.confidence, 1.0) >= $min_confidence
WITH m, o.id AS owner, claim.role AS role ORDER BY owner, role
WITH m, collect(DISTINCT owner) AS owners, collect(DISTINCT role) AS roles
RETURN m.id AS model, owners, roles
ORDER BY model
