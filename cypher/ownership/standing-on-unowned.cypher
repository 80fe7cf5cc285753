// Production models that stand on something unowned
//
// A model in production rests on another that nobody owns, directly or some steps away. When
// that one changes or breaks, nobody is there to warn, to mend it or to take it back.
//
// code: OWN-06
// severity: 3
// cause: owner {stands_on}
// effect: exposed
// remedy: Name an owner for the unowned model, or take the production model off it.
// actor: the accountable owner of {model}
// needs: OWNS, DEPENDS_ON to Model
// among: production models that stand on another model
//   MATCH (m:Model)
//   WHERE m.stage = 'production'
//     AND EXISTS { (m)-[:DEPENDS_ON*1..6]->(other:Model) WHERE other.id <> m.id }
//   RETURN count(m) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the production model
// column stands_on: list of Model -- the unowned models, up to six steps away
MATCH (unowned:Model)
WHERE coalesce(unowned.stage, 'unknown') <> 'retired' AND coalesce(unowned.described, true)
  AND NOT EXISTS { (unowned)<-[claim:OWNS]-()
    WHERE coalesce(claim.confidence, 1.0) >= $min_confidence }
MATCH (unowned)<-[:DEPENDS_ON*1..6]-(m:Model)
WHERE m.stage = 'production' AND m.id <> unowned.id
WITH DISTINCT m.id AS model, unowned.id AS unowned
ORDER BY model, unowned
WITH model, collect(unowned) AS stands_on
RETURN model, stands_on
ORDER BY model
