// Owners that no directory describes
//
// The register names an owner, and the directory of people and teams does not know the name.
// It may be a slip of the pen, an old name, or somebody who left before the directory began.
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
//   WHERE EXISTS { (o)-[:OWNS]->(m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' }
//   RETURN count(o) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// column owner: Person or Team -- the name that no directory knows
// column models: list of Model -- up to ten models it is said to own
// column owned: int -- how many there are
// column said_by: list of text -- the sources that name it
MATCH (o:Team|Person)-[claim:OWNS]->(m:Model)
WHERE coalesce(o.described, true) = false AND coalesce(m.stage, 'unknown') <> 'retired'
  // Without any directory of persons, or of teams, nobody could be in it.
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
