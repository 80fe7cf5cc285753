// Owners that no directory describes
//
// The register names an owner, and the directory of people and teams does not know the name.
// It may be a slip of the pen, an old name, or somebody who left before the directory began. Where
// no person is described there is no directory of persons, and nobody can miss one in it; the same
// holds for teams.
//
// code: OWN-11
// severity: 2
// cause: data
// effect: data
// remedy: Look the name up: join it to the right person or team, or name another owner.
// actor: whoever keeps the register
// needs: OWNS
// among: owners of live models
//   MATCH (o:Team|Person)
//   WHERE EXISTS { (o)-[claim:OWNS]->(m:Model)
//     WHERE coalesce(claim.confidence, 1.0) >= $min_confidence
//       AND coalesce(m.stage, 'unknown') <> 'retired' }
//   RETURN count(o) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column owner: Person or Team -- the name that no directory knows
// column models: list of Model -- up to ten models it is said to own
// column owned: int -- how many there are
// column said_by: list of text -- the sources that name it
MATCH (o:Team|Person)-[claim:OWNS]->(m:Model)
WHERE coalesce(o.described, true) = false AND coalesce(m.stage, 'unknown') <> 'retired'
  AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND ((o:Person AND EXISTS { (p:Person) WHERE coalesce(p.described, true) })
    OR (o:Team AND EXISTS { (t:Team) WHERE coalesce(t.described, true) }))
WITH o, m, claim ORDER BY m.id
WITH o, collect(DISTINCT m.id) AS models, collect(coalesce(claim.sources, [])) AS said
UNWIND said AS sources
UNWIND CASE WHEN size(sources) = 0 THEN [null] ELSE sources END AS source
WITH o, models, source ORDER BY source
WITH o, models, collect(DISTINCT source) AS said_by
RETURN o.id AS owner, models[0..10] AS models, size(models) AS owned, said_by
ORDER BY owned DESC, owner
