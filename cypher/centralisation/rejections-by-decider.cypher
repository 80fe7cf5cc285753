// How often each decider says no
//
// Whether a request is let through should hang on the request, and not on whose desk it reaches.
// For each risk tier, how many requests each decider decided and what share of them was rejected,
// beside what was rejected at that tier without this decider. Where the share of the others lies
// between the lowest and the highest share, chance alone may explain the difference; of twenty
// deciders who are all alike, one lies outside. Whoever is given the hardest requests rejects more:
// this is where to ask and no verdict, so those who decide most come first, and not those who
// reject most. A body is one decider; a request that two decided counts for both.
//
// code: CEN-05
// severity: info
// needs: CONCERNS, DECIDED_BY, Approval.status
// among: decided requests about a model
//   MATCH (a:Approval)
//   WHERE a.status IN ['approved', 'conditional', 'waived', 'expired', 'rejected']
//     AND EXISTS { (a)-[:CONCERNS]->(:Model) }
//   RETURN count(a) AS n
// then: rejected_by_decider
// control: NIST GOVERN 1.3; NIST GOVERN 2.1
// parameter min_decisions: int = 10 -- leave out who decided fewer requests at the tier
// column risk_tier: int -- the highest tier among the models; blank where none is classified
// column decider: Person or Team -- who decided
// column decided: int -- how many requests
// column rejected: int -- how many of them were rejected
// column share: float -- which share of them
// column lowest: float -- the share may be as low as this (Wilson's interval, 95 in 100)
// column highest: float -- and as high as this
// column others: float -- which share was rejected at this tier without this decider, if any was
//   decided
MATCH (a:Approval)-[:CONCERNS]->(m:Model)
WHERE a.status IN ['approved', 'conditional', 'waived', 'expired', 'rejected']
WITH a, max(m.risk_tier) AS risk_tier
MATCH (a)-[d:DECIDED_BY]->(o)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH o, risk_tier, collect(DISTINCT a.id) AS decided,
  collect(DISTINCT CASE WHEN a.status = 'rejected' THEN a.id END) AS rejected
RETURN risk_tier, o.id AS decider, decided, rejected
ORDER BY coalesce(risk_tier, 0) DESC, decider
