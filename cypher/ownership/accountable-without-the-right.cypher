// The right to stop a model lies with others than who answers for it
//
// It answers for the model, and somebody else, or nobody, may stop it, roll it back, retire it or
// accept its risk. When it does harm, the one who is asked first has to ask another. A standing
// right is a decision of that kind without a status: it NEEDS whoever may decide, everywhere, or
// over the models and use cases that it is ABOUT. The owner has it where it is the owner's, that
// of its people, of a team above or below in its line, or of somebody to whom it is delegated.
// What is decided at a gate is not asked for: there the owner may have to stand apart. A kind of
// which no right is recorded for the model says nothing; nor does a holder of unknown team.
//
// code: OWN-10
// severity: 3
// cause: decider {held_by}
// effect: design
// remedy: Give the owner in writing the right to stop what it answers for; or make whoever holds
//   the right accountable.
// actor: the nearest common superior of {owner, held_by: the owner and of those who have it}
// needs: OWNS role accountable, NEEDS, Decision.kind
// among: accountable owners of live models over which such a right is recorded
//   OPTIONAL MATCH (k:Decision)
//   WHERE k.status IS NULL AND k.kind IN ['stop', 'roll_back', 'retire', 'accept_risk']
//     AND coalesce(k.described, true) AND NOT EXISTS { (k)-[:ABOUT]->() }
//   WITH count(k) AS everywhere
//   MATCH (o:Team|Person)-[claim:OWNS]->(m:Model)
//   WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
//     AND coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(o.described, true)
//     AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
//     AND (everywhere > 0
//       OR EXISTS { (m)<-[:ABOUT]-(k:Decision) WHERE k.status IS NULL
//         AND k.kind IN ['stop', 'roll_back', 'retire', 'accept_risk'] }
//       OR EXISTS { (m)-[:SERVES]->(:UseCase)<-[:ABOUT]-(k:Decision) WHERE k.status IS NULL
//         AND k.kind IN ['stop', 'roll_back', 'retire', 'accept_risk'] })
//   RETURN count(DISTINCT o) AS n
// then: rights_of_owners
// control: NIST GOVERN 2.1; NIST MANAGE 2.4; ISO 42001 A.3.2
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column owner: Person or Team -- who is accountable
// column lacks: list of text -- which rights the owner has not, over at least one of the models
// column held_by: list of Person or Team -- who has them instead; nobody where it is empty
// column models: int -- how many live models it is about
// column for_example: list of Model -- up to ten of them, the riskiest first
CALL () {
  MATCH (o:Team|Person)-[claim:OWNS]->(m:Model)
  WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
    AND coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(o.described, true)
    AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
  WITH DISTINCT o.id AS id, m.id AS model, coalesce(m.risk_tier, 0) AS tier
  ORDER BY tier DESC, model
  WITH id, collect(model) AS models
  MATCH (o:Team|Person {id: id})
  RETURN 'owner' AS part, o.id AS id, {models: models, person: o:Person,
    teams: [(o)-[sits:MEMBER_OF]->(t:Team)
      WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
      | t.id],
    above: [(o)-[:PART_OF*1..8]->(t:Team) | t.id]
      + [(o)-[sits:MEMBER_OF]->(its:Team)-[:PART_OF*1..8]->(t:Team)
        WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(its.kind, 'team') <> 'group'
        | t.id]} AS facts
  UNION ALL
  MATCH (k:Decision)
  WHERE k.status IS NULL AND k.kind IN ['stop', 'roll_back', 'retire', 'accept_risk']
    AND coalesce(k.described, true)
  RETURN 'right' AS part, k.id AS id, {kind: k.kind,
    everywhere: NOT EXISTS { (k)-[:ABOUT]->() },
    over: [(k)-[:ABOUT]->(m:Model) | m.id]
      + [(k)-[:ABOUT]->(:UseCase)<-[:SERVES]-(m:Model) | m.id],
    holders: [(k)-[need:NEEDS]->(h) WHERE coalesce(need.role, 'decide') = 'decide'
      AND NOT coalesce(h.status, 'unknown') IN ['left', 'archived'] | h.id],
    deputies: [(k)-[need:NEEDS]->(h:Person)-[d:DELEGATES_TO]->(p:Person)
      WHERE coalesce(need.role, 'decide') = 'decide' AND coalesce(h.status, 'unknown') <> 'left'
        AND coalesce(p.status, 'unknown') <> 'left' AND d.scope IN ['*', k.kind]
        AND (d.until_day IS NULL OR d.until_day > $today) | p.id]} AS facts
  UNION ALL
  MATCH (k:Decision)-[need:NEEDS]->(h)
  WHERE k.status IS NULL AND coalesce(need.role, 'decide') = 'decide'
    AND k.kind IN ['stop', 'roll_back', 'retire', 'accept_risk']
  WITH DISTINCT h
  UNWIND [h] + [(h)-[:DELEGATES_TO]->(p:Person) | p] AS x
  WITH DISTINCT x
  RETURN 'holder' AS part, x.id AS id, {person: x:Person,
    teams: [(x)-[sits:MEMBER_OF]->(t:Team) WHERE coalesce(sits.role, 'member') <> 'liaison' | t.id],
    above: [(x)-[:PART_OF*1..8]->(t:Team) | t.id]
      + [(x)-[sits:MEMBER_OF]->(:Team)-[:PART_OF*1..8]->(t:Team)
        WHERE coalesce(sits.role, 'member') <> 'liaison' | t.id]} AS facts
}
RETURN part, id, facts
ORDER BY part, id
