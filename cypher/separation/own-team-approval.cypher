// Decided by the team that owns the model
//
// Whoever decided about this request, or is to decide about it where it is still pending, is in the
// team that answers for the model. The second pair of eyes looks from the same desk. Where a gate
// says that it does not ask for independence, this is the design and not listed; mailing groups and
// liaisons do not count.
//
// code: SOD-01
// severity: 3
// cause: gate {gates}
// effect: design
// remedy: Have somebody outside the owning team decide this request, or say that the gate
//   does not ask for independence.
// actor: the owners of {gates}
// needs: DECIDED_BY, MEMBER_OF, OWNS from Team role accountable
// among: requests with a decider, on a model that a team answers for
//   MATCH (a:Approval)
//   WHERE EXISTS { (a)-[:DECIDED_BY]->() }
//     AND EXISTS { (a)-[:CONCERNS]->(:Model)<-[claim:OWNS]-(:Team)
//       WHERE claim.role = 'accountable'
//         AND coalesce(claim.confidence, 1.0) >= $min_confidence }
//   RETURN count(a) AS n
// control: NIST MEASURE 1.3; ISO 42001 5.3; OMB M-25-21 4(b)(ii)
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column approval: Approval -- the request
// column deciders: list of Person or Team -- who decides it from inside the owning team
// column teams: list of Team -- the owning team
// column models: list of Model -- the model
// column gates: list of Gate -- the gate
// column status: text -- where the request stands
MATCH (a:Approval)-[d:DECIDED_BY]->(decider)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
MATCH (a)-[:CONCERNS]->(m:Model)<-[claim:OWNS]-(t:Team)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(t.kind, 'team') <> 'group'
  AND (decider.id = t.id
    OR EXISTS { (decider)-[s:MEMBER_OF]->(t) WHERE coalesce(s.role, 'member') <> 'liaison' })
  AND NOT EXISTS { (a)-[:AT]->(g:Gate) WHERE g.independence = 'not_required' }
WITH a, decider.id AS decider, t.id AS team, m.id AS model ORDER BY decider, team, model
WITH a, collect(DISTINCT decider) AS deciders, collect(DISTINCT team) AS teams,
  collect(DISTINCT model) AS models
OPTIONAL MATCH (a)-[:AT]->(g:Gate)
WITH a, deciders, teams, models, g.id AS gate ORDER BY gate
WITH a, deciders, teams, models, collect(gate) AS gates
RETURN a.id AS approval, deciders, teams, models, gates, a.status AS status
ORDER BY approval
