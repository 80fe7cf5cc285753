// Open decisions that nobody has to make
//
// The decision is open, people are asked for advice, work and consent, and nobody is named
// to decide. It will be discussed until somebody decides by default.
//
// code: DEC-01
// severity: 4
// cause: decider
// effect: stopped
// remedy: Name the one who decides, and the day.
// actor: the nearest common superior of {involved: those who take part}, else the owner of
//   {about: what it is about}
// needs: NEEDS
// among: open decisions
//   MATCH (k:Decision) WHERE k.status = 'open' RETURN count(k) AS n
// control: NIST GOVERN 2.1; ISO 42001 5.3
// column decision: Decision -- the decision
// column about: list of Model or UseCase or Gate or Criterion -- what it is about
// column involved: list of Person or Team -- who takes part without deciding
// column days: int -- for how long it has been open
MATCH (k:Decision)
WHERE k.status = 'open'
  AND NOT EXISTS { (k)-[part:NEEDS]->() WHERE coalesce(part.role, 'decide') = 'decide' }
OPTIONAL MATCH (k)-[:NEEDS]->(o)
WITH k, o.id AS involved ORDER BY involved
WITH k, collect(DISTINCT involved) AS involved
OPTIONAL MATCH (k)-[:ABOUT]->(x)
WITH k, involved, x.id AS thing ORDER BY thing
WITH k, involved, collect(DISTINCT thing) AS about
RETURN k.id AS decision, about, involved, $today - k.raised_day AS days
ORDER BY coalesce(days, 0) DESC, decision
