// Live models that nobody classified
//
// The model is in use and has no risk tier. Not classified is not low: nobody knows which
// gates it should have passed, and none of them will ask.
//
// code: INV-03
// severity: 3
// cause: data
// effect: data
// remedy: Have the owner and somebody from risk give it a tier this month.
// actor: the accountable owner of {model}
// needs: Model.risk_tier
// absence: yes
// among: pilots and models in production
//   MATCH (m:Model) WHERE m.stage IN ['pilot', 'production'] RETURN count(m) AS n
// control: NIST GOVERN 1.3; NIST GOVERN 1.6; ISO 42001 A.5.2; OMB M-25-21 4(a)
// column model: Model -- the model
// column stage: text -- pilot or production
// column owners: list of Person or Team -- who is accountable
// column dependents: int -- how many other models rely on it directly
MATCH (m:Model)
WHERE m.stage IN ['pilot', 'production'] AND m.risk_tier IS NULL
OPTIONAL MATCH (m)<-[claim:OWNS]-(o)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= 0.5
WITH m, o.id AS owner ORDER BY owner
WITH m, collect(DISTINCT owner) AS owners
OPTIONAL MATCH (m)<-[:DEPENDS_ON]-(other:Model) WHERE other.id <> m.id
WITH m, owners, count(DISTINCT other) AS dependents
RETURN m.id AS model, m.stage AS stage, owners, dependents
ORDER BY stage DESC, dependents DESC, model
