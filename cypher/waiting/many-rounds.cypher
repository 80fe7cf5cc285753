// Requests that went round three times
//
// Asked, sent back, asked again: the third time round, neither side has learned what the
// other wants. The rule is missing, or it lives in one head.
//
// code: LAT-04
// severity: 2
// cause: gate
// effect: design
// remedy: Sit down once, owner and decider together, and write down what would be enough.
// actor: those who decide at {gate}
// needs: AT, CONCERNS, Approval.round
// among: live models with a request
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired' AND EXISTS { (m)<-[:CONCERNS]-(:Approval) }
//   RETURN count(m) AS n
// control: NIST MANAGE 1.1
// parameter min_rounds: int = 3 -- so many rounds are too many
// column model: Model -- the model
// column gate: Gate -- at which gate
// column rounds: int -- how many rounds there were
// column last_status: text -- where the last one stands
// column days: int -- how long ago the first of them was requested
MATCH (a:Approval)-[:CONCERNS]->(m:Model)
WHERE a.round >= $min_rounds AND coalesce(m.stage, 'unknown') <> 'retired'
MATCH (a)-[:AT]->(g:Gate)
WITH DISTINCT m, g
MATCH (m)<-[:CONCERNS]-(a:Approval)
MATCH (a)-[:AT]->(at:Gate)
WHERE at.id = g.id
WITH m, g, a ORDER BY coalesce(a.round, 0) DESC, a.id
WITH m, g, max(a.round) AS rounds, collect(coalesce(a.status, 'unknown')) AS states,
  min(a.requested_day) AS first
RETURN m.id AS model, g.id AS gate, rounds, states[0] AS last_status, $today - first AS days
ORDER BY rounds DESC, model, gate
