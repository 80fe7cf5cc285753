// Ownership that nobody has confirmed for a year
//
// A system says who is accountable; the one it names has not said so for a year, or never.
// Such records are right until the first incident.
//
// code: OWN-12
// severity: 1
// cause: owner {owners}
// effect: data
// remedy: Ask the one named to confirm it, or to say who took it over.
// actor: the accountable owner of {model}
// needs: OWNS role accountable, OWNS.confirmed_day
// absence: yes
// among: live models with an accountable owner
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[claim:OWNS]-() WHERE claim.role = 'accountable'
//       AND coalesce(claim.confidence, 1.0) >= $min_confidence }
//   RETURN count(m) AS n
// control: NIST GOVERN 1.5; ISO 42001 A.3.2
// parameter confirmed_days: int = 365 -- after so many days it should be confirmed again
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model
// column owners: list of Person or Team -- who is said to be accountable
// column days: int -- how long ago one of them last confirmed it
MATCH (o)-[claim:OWNS]->(m:Model)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(m.stage, 'unknown') <> 'retired'
WITH m.id AS model, o.id AS owner, claim.confirmed_day AS confirmed ORDER BY owner
WITH model, collect(DISTINCT owner) AS owners, max(confirmed) AS confirmed
WHERE confirmed IS NULL OR $today - confirmed > $confirmed_days
RETURN model, owners, $today - confirmed AS days
ORDER BY model
