// Requests that wait for each other in a circle
//
// Each waits for the next to be decided, and the last waits for the first. Everyone does as
// the rules say, and none of them will ever be decided. A request whose status nobody states is
// open; one that waits for itself is a slip of the pen, and no circle.
//
// code: CEN-06
// severity: 4
// cause: policy {circle}
// effect: stopped
// remedy: Let one of them be decided first, under the condition that the next one follows.
// actor: the owners of the gates at which they wait, or the nearest common superior of the owners of
//   {models}
// needs: AFTER
// among: open requests that wait for another one
//   MATCH (a:Approval)
//   WHERE coalesce(a.status, 'pending') IN ['pending', 'returned']
//     AND EXISTS { (a)-[:AFTER]->(:Approval) }
//   RETURN count(a) AS n
// then: approvals_in_a_circle
// control: NIST MANAGE 1.1
// column approval: Approval -- the request
// column circle: list of Approval -- all that wait in the circle, itself included
// column waits_for: list of Approval -- which of them it waits for itself
// column models: list of Model -- what it is about
// column days: int -- how long it has been waiting
MATCH (a:Approval)-[:AFTER]->(b:Approval)
WHERE coalesce(a.status, 'pending') IN ['pending', 'returned']
  AND coalesce(b.status, 'pending') IN ['pending', 'returned'] AND a.id <> b.id
WITH a, b.id AS waited_for ORDER BY waited_for
WITH a, collect(DISTINCT waited_for) AS waits_for
OPTIONAL MATCH (a)-[:CONCERNS]->(m:Model)
WITH a, waits_for, m.id AS model ORDER BY model
WITH a, waits_for, collect(DISTINCT model) AS models
RETURN a.id AS approval, waits_for, models, $today - a.requested_day AS days
ORDER BY approval
