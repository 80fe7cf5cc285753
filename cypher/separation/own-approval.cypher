// Decided by the very person who owns the model
//
// One and the same person owns the model and decided about it, or is to decide about it where the
// request is still pending: there is no second pair of eyes at all. Where a gate says that it does
// not ask for independence, this is the design and not listed; nor is a decider who only holds the
// risk or oversight role.
//
// code: SOD-02
// severity: 4
// cause: gate {gates}
// effect: exposed
// remedy: Have somebody else decide this request, and strike the owner from the deciders.
// actor: the owners of {gates}
// needs: DECIDED_BY, OWNS from Person
// among: requests with a decider, on a model that a person owns
//   MATCH (a:Approval)
//   WHERE EXISTS { (a)-[:DECIDED_BY]->() }
//     AND EXISTS { (a)-[:CONCERNS]->(:Model)<-[claim:OWNS]-(:Person)
//       WHERE coalesce(claim.confidence, 1.0) >= $min_confidence }
//   RETURN count(a) AS n
// control: NIST MEASURE 1.3; ISO 42001 5.3; OMB M-25-21 4(b)(ii)
// implies: SOD-01
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column approval: Approval -- the request
// column deciders: list of Person -- who owns the model and decides about it
// column models: list of Model -- the model
// column gates: list of Gate -- the gate
// column status: text -- where the request stands
MATCH (a:Approval)-[d:DECIDED_BY]->(p:Person)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
  AND NOT EXISTS { (a)-[:AT]->(g:Gate) WHERE g.independence = 'not_required' }
MATCH (a)-[:CONCERNS]->(m:Model)<-[claim:OWNS]-(owner:Person)
WHERE owner.id = p.id AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND NOT coalesce(claim.role, 'accountable') IN ['risk', 'oversight']
WITH a, p.id AS decider, m.id AS model ORDER BY decider, model
WITH a, collect(DISTINCT decider) AS deciders, collect(DISTINCT model) AS models
OPTIONAL MATCH (a)-[:AT]->(g:Gate)
WITH a, deciders, models, g.id AS gate ORDER BY gate
WITH a, deciders, models, collect(gate) AS gates
RETURN a.id AS approval, deciders, models, gates, a.status AS status
ORDER BY approval
