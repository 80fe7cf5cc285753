// Models nobody owns
//
// When no team and no person owns a model, nobody can say what it may do, nobody is called
// when it fails, and no approval of it can be acted on. A hint of low confidence, such as a
// guess from who committed last, is not a claim: the one it names may not even know. Live here is
// every model that is not retired, an idea as well: INV-01 means those that are used.
//
// code: OWN-01
// severity: 4
// cause: owner {model}
// effect: exposed
// remedy: Name one accountable team and a deputy this week; if nobody takes it, retire it.
// actor: the lead of the nearest common parent of {worked_on_by: the teams that worked on it}
// needs: OWNS
// among: live models
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(m.described, true)
//   RETURN count(m) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2; EU AI Act 17
// parameter min_dependents: int = 0 -- leave out models that fewer others rely on
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model without an owner
// column dependents: int -- how many other live models rely on it directly
// column hinted: list of Person or Team -- who is only guessed to be its owner
// column worked_on_by: list of Person or Team -- who was seen working on it, most active first
MATCH (m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(m.described, true)
  AND NOT EXISTS { (m)<-[claim:OWNS]-() WHERE coalesce(claim.confidence, 1.0) >= $min_confidence }
OPTIONAL MATCH (m)<-[:DEPENDS_ON]-(other:Model)
WHERE other.id <> m.id AND coalesce(other.stage, 'unknown') <> 'retired'
WITH m, count(DISTINCT other) AS dependents
WHERE dependents >= $min_dependents
OPTIONAL MATCH (m)<-[:OWNS]-(guess)
WITH m, dependents, guess.id AS guess ORDER BY guess
WITH m, dependents, collect(DISTINCT guess) AS hinted
OPTIONAL MATCH (m)<-[seen:WORKED_ON]-(worker)
WITH m, dependents, hinted, worker.id AS worker, coalesce(seen.events, 0) AS events
ORDER BY events DESC, worker
WITH m, dependents, hinted, collect(worker) AS worked_on_by
RETURN m.id AS model, dependents, hinted, worked_on_by
ORDER BY dependents DESC, model
