// Decided by somebody with the developer's manager
//
// Whoever decides and whoever built the model report to the same person, who wants it live.
// On paper they are independent; in fact one desk rewards both. Where a gate says that it does
// not ask for independence, this is the design and not listed; nor is who reports to himself.
//
// code: SOD-03
// severity: 2
// cause: policy
// effect: design
// remedy: Have the request decided by somebody who reports elsewhere.
// actor: the owner of the gate
// needs: DECIDED_BY, REPORTS_TO
// among: requests that a person decides
//   MATCH (a:Approval)
//   WHERE EXISTS { (a)-[d:DECIDED_BY]->(:Person)
//     WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] }
//   RETURN count(a) AS n
// control: NIST MEASURE 1.3; ISO 42001 5.3
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column approval: Approval -- the request
// column deciders: list of Person -- who decides
// column developers: list of Person -- who worked on the model, or owns it for more than
//   risk or oversight
// column managers: list of Person -- to whom both report
// column models: list of Model -- the model
MATCH (a:Approval)-[d:DECIDED_BY]->(decider:Person)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
  AND NOT EXISTS { (a)-[:AT]->(g:Gate) WHERE g.independence = 'not_required' }
MATCH (decider)-[:REPORTS_TO]->(manager:Person)
WHERE manager.id <> decider.id
MATCH (a)-[:CONCERNS]->(m:Model)
MATCH (m)<-[done:WORKED_ON|OWNS]-(developer:Person)
WHERE developer.id <> decider.id AND developer.id <> manager.id
  AND NOT coalesce(done.role, 'technical') IN ['risk', 'oversight']
  AND coalesce(done.confidence, 1.0) >= $min_confidence
  AND EXISTS { (developer)-[:REPORTS_TO]->(x:Person) WHERE x.id = manager.id }
WITH a, decider.id AS decider, developer.id AS developer, manager.id AS manager, m.id AS model
ORDER BY decider, developer, manager, model
WITH a, collect(DISTINCT decider) AS deciders, collect(DISTINCT developer) AS developers,
  collect(DISTINCT manager) AS managers, collect(DISTINCT model) AS models
RETURN a.id AS approval, deciders, developers, managers, models
ORDER BY approval
