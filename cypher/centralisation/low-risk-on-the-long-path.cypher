// Low-risk work on the high-risk path
//
// The model is of the lowest tier and has to pass as many gates as the riskiest. The queue
// that it joins is the one in which the risky ones wait as well.
//
// code: CEN-04
// severity: 2
// cause: policy
// effect: design
// remedy: Write a short path for the lowest tier: one gate, one decider, a promise in days.
// actor: the owners of {gates}
// needs: AT, CONCERNS, Model.risk_tier
// among: live low-risk models with a request
//   MATCH (m:Model)
//   WHERE m.risk_tier <= $low_tier AND coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[:CONCERNS]-(:Approval)-[:AT]->(:Gate) }
//   RETURN count(m) AS n
// control: NIST GOVERN 1.3
// parameter low_tier: int = 1 -- up to this tier the risk is low
// parameter min_gates: int = 4 -- so many gates are a long path
// column model: Model -- the model
// column gates: list of Gate -- the gates at which it asked
// column functions: int -- how many functions stand behind them
// column waiting: int -- how many of its requests are pending
MATCH (m:Model)
WHERE m.risk_tier <= $low_tier AND coalesce(m.stage, 'unknown') <> 'retired'
MATCH (m)<-[:CONCERNS]-(a:Approval)
MATCH (a)-[:AT]->(g:Gate)
WITH m, g, count(DISTINCT CASE WHEN a.status = 'pending' THEN a.id END) AS pending
ORDER BY g.seq, g.id
WITH m, collect(g.id) AS gates, count(DISTINCT g.function) AS functions, sum(pending) AS waiting
WHERE size(gates) >= $min_gates
RETURN m.id AS model, gates, functions, waiting
ORDER BY size(gates) DESC, model
