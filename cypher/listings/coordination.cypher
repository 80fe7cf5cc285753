// Which teams have to coordinate, and what they have for it
//
// Teams that work on the same model, or on models of which one stands on the other, have to agree
// again and again. Some have something for that: a person who sits in both or is a liaison, a body in
// which both sit, or work that they hand over. Those who have nothing come first: they meet at the
// next incident. `congruence` is the share of all that is needed which stands between teams that
// have something for it (socio-technical congruence; Cataldo, Wagstrom, Herbsleb and Carley 2006,
// Identification of coordination requirements, CSCW). A team works on what it owns, in whatever role
// but risk and oversight, and on what it or its people were seen working on. A team and those above
// it are one line, and need nothing more.
//
// code: LST-08
// severity: info
// needs: OWNS from Team or WORKED_ON from Team or MEMBER_OF, DEPENDS_ON to Model
// among: models that are not retired
//   MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN count(m) AS n
// then: coordination
// control: NIST GOVERN 2.1; ISO 42001 5.3
// parameter min_needs: int = 1 -- leave out teams that fewer models and dependencies tie together
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column team: Team -- one of the two
// column other: Team -- the other
// column needs: int -- how many models both work on, and dependencies between their models, there are
// column models: list of Model -- up to five of the models, those in production first
// column has: list of text -- what the two have for it: people in both, bodies in which both sit,
//   handovers; nothing where it is empty
// column congruence: float -- of all that is needed in the organisation, the share for which those
//   who need it have something; the same in each row
CALL () {
  // Who works on which model, and on what that stands.
  MATCH (m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired'
    AND (EXISTS { (m)<-[:OWNS]-() } OR EXISTS { (m)<-[:WORKED_ON]-() })
  RETURN 'model' AS part, m.id AS id, {live: m.stage = 'production',
    owners: [(m)<-[claim:OWNS]-(o) WHERE coalesce(claim.confidence, 1.0) >= $min_confidence
      AND NOT coalesce(claim.role, 'accountable') IN ['risk', 'oversight'] | o.id],
    workers: [(m)<-[:WORKED_ON]-(o) | o.id],
    stands_on: [(m)-[:DEPENDS_ON]->(x:Model) | x.id]} AS facts
  UNION ALL
  MATCH (t:Team)
  WHERE coalesce(t.status, 'unknown') <> 'archived'
  RETURN 'team' AS part, t.id AS id, {name: t.name, kind: coalesce(t.kind, 'team'),
    above: [(t)-[:PART_OF*1..8]->(up:Team) | up.id]} AS facts
  UNION ALL
  // In which teams people sit who are here; only those who sit in two tie teams, or work themselves.
  MATCH (p:Person)-[s:MEMBER_OF]->(t:Team)
  WHERE coalesce(p.status, 'unknown') <> 'left'
    AND NOT coalesce(p.kind, 'human') IN ['shared_mailbox', 'service']
    AND (EXISTS { (p)-[:MEMBER_OF]->(other:Team) WHERE other.id <> t.id }
      OR EXISTS { (p)-[:OWNS]->(:Model) } OR EXISTS { (p)-[:WORKED_ON]->() })
  WITH p.id AS id, collect({team: t.id, liaison: s.role = 'liaison'}) AS seats
  RETURN 'person' AS part, id, {seats: seats} AS facts
  UNION ALL
  MATCH (one:Team)-[h:HANDED_OVER]->(two:Team)
  RETURN 'handover' AS part, one.id AS id, {other: two.id, count: h.count} AS facts
}
RETURN part, id, facts
ORDER BY part, id
