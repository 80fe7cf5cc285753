// Accountability ends on very few desks
//
// However the work is spread, half of all answering for live models ends with these few, or half of
// what an owner and a decider cannot agree on comes up to them. Nothing is decided faster than they
// find time, and nobody below learns to answer. A team answers by the one who leads it; where nobody
// is known to, or several do, by itself. What two cannot agree on ends with the nearest who stands
// above both: the lead of the first team that both are in, else the first to whom both report.
//
// code: CEN-09
// severity: 3
// cause: policy
// effect: design
// remedy: Say for the lowest risk tier who answers and who settles it one level lower, and leave it
//   with them for a quarter.
// actor: {desks: those on whose desks it ends}
// needs: OWNS role accountable, MEMBER_OF role lead or PART_OF or REPORTS_TO
// then: few_desks
// control: NIST GOVERN 2.1; NIST GOVERN 2.3; ISO 42001 5.3
// parameter max_desks: int = 3 -- so few desks, or fewer, are too few
// parameter min_claims: int = 20 -- of fewer claims, or of fewer disputes, nothing can be said
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column what: list of text -- what ends on too few desks, in words
// column desks: list of Person or Team -- whose those are, to whom most comes first
// column claim_desks: int -- on so few desks half of all answering for live models ends
// column claims: int -- how many claims there are: one for each live model and desk that answers for
//   it
// column claims_there: int -- how many of them those desks hold
// column dispute_desks: int -- on so few desks half of all that may be disputed ends; blank where
//   nobody is known to stand above anybody
// column disputes: int -- how many may be disputed: one for each live model, owner and decider above
//   whom somebody is known
// column disputes_there: int -- how many of them end there
// column severity: int -- 1 in an organisation of fewer than six teams, else 3
CALL () {
  // Who answers for which live models.
  MATCH (m:Model)<-[claim:OWNS]-(o)
  WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
    AND coalesce(m.stage, 'unknown') <> 'retired'
    AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
  WITH o.id AS id, collect(DISTINCT m.id) AS models
  RETURN 'claim' AS part, id, {models: models} AS facts
  UNION ALL
  // Who decides about what somebody answers for.
  MATCH (m:Model)<-[:CONCERNS]-(a:Approval)-[d:DECIDED_BY]->(o)
  WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
    AND coalesce(a.status, 'unknown') <> 'withdrawn'
    AND coalesce(m.stage, 'unknown') <> 'retired'
    AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
  WITH o.id AS id, collect(DISTINCT m.id) AS models
  RETURN 'decider' AS part, id, {models: models} AS facts
  UNION ALL
  // In which teams those people sit.
  MATCH (p:Person)
  WHERE EXISTS { (p)-[:OWNS]->(:Model) } OR EXISTS { (p)<-[:DECIDED_BY]-() }
  RETURN 'owner' AS part, p.id AS id, {team: false, teams: [(p)-[sits:MEMBER_OF]->(t:Team)
    WHERE coalesce(sits.role, 'member') <> 'liaison'
      AND NOT coalesce(t.kind, 'team') IN ['group', 'committee'] | t.id]} AS facts
  UNION ALL
  // The line above each team, and who leads it.
  MATCH (t:Team)
  RETURN 'team' AS part, t.id AS id, {name: t.name, status: t.status, kind: t.kind,
    above: [(t)-[:PART_OF]->(u:Team) | u.id],
    leads: [(t)<-[sits:MEMBER_OF]-(p:Person)
      WHERE sits.role = 'lead' AND coalesce(p.status, 'unknown') <> 'left' | p.id]} AS facts
  UNION ALL
  // Whom those report to who manage others, lead a team, own something or decide.
  MATCH (p:Person)-[:REPORTS_TO]->(above:Person)
  WHERE EXISTS { (p)<-[:REPORTS_TO]-(:Person) } OR EXISTS { (p)-[:OWNS]->() }
    OR EXISTS { (p)<-[:DECIDED_BY]-() }
    OR EXISTS { (p)-[sits:MEMBER_OF]->(:Team) WHERE sits.role = 'lead' }
  WITH p.id AS id, above.id AS manager, coalesce(above.status, 'unknown') = 'left' AS gone
  ORDER BY manager
  WITH id, collect([manager, gone]) AS above
  RETURN 'manager' AS part, id, {above: above} AS facts
}
RETURN part, id, facts
ORDER BY part, id
