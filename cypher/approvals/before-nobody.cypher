// Requests that lie before nobody
//
// The request is pending, and everyone who was asked to decide it has left, or their
// committee can no longer meet its quorum; or nobody was asked, and at a gate where it lies
// nobody who may decide is still here. It will wait until somebody notices. What is about
// retired models alone waits for nothing.
//
// code: APR-01
// severity: 4
// cause: decider {asked}
// effect: stopped
// remedy: Assign the request to somebody who is here and entitled at the gate.
// actor: the owners of {gates}
// needs: DECIDED_BY
// among: pending requests
//   MATCH (a:Approval) WHERE a.status = 'pending' RETURN count(a) AS n
// control: NIST GOVERN 2.1; NIST MANAGE 1.1; ISO 42001 5.3
// column approval: Approval -- the request that nobody can decide
// column models: list of Model -- what it is about
// column gates: list of Gate -- where it lies
// column asked: list of Person or Team -- who was asked to decide, and cannot any more
// column days: int -- how long it has been waiting
MATCH (a:Approval)
WHERE a.status = 'pending'
  AND (NOT EXISTS { (a)-[:CONCERNS]->() }
    OR EXISTS { (a)-[:CONCERNS]->(m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' })
OPTIONAL MATCH (a)-[d:DECIDED_BY]->(o) WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH o, collect(DISTINCT a) AS requests
WITH requests, o.id AS asked,
  CASE WHEN o IS NULL OR coalesce(o.status, 'unknown') IN ['left', 'archived'] THEN 0
    WHEN NOT EXISTS { (o)<-[s:MEMBER_OF]-(:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' } THEN 1
    WHEN COUNT { (o)<-[s:MEMBER_OF]-(p:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left' }
      >= CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END THEN 1
    ELSE 0 END AS able
UNWIND requests AS a
WITH a, asked, able ORDER BY asked
WITH a, collect(asked) AS asked, sum(able) AS able
WHERE able = 0
OPTIONAL MATCH (a)-[:AT]->(g:Gate)
WITH g, collect({request: a, asked: asked}) AS waiting
OPTIONAL MATCH (g)<-[:CAN_DECIDE]-(o)
WITH g, waiting,
  sum(CASE WHEN o IS NULL OR coalesce(o.status, 'unknown') IN ['left', 'archived'] THEN 0
    WHEN NOT EXISTS { (o)<-[s:MEMBER_OF]-(:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' } THEN 1
    WHEN COUNT { (o)<-[s:MEMBER_OF]-(p:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left' }
      >= CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END THEN 1
    ELSE 0 END) AS entitled
UNWIND waiting AS each
WITH each.request AS a, each.asked AS asked, g.id AS gate, entitled
WHERE size(asked) > 0 OR entitled = 0
WITH a, asked, gate ORDER BY gate
WITH a, asked, collect(gate) AS gates
OPTIONAL MATCH (a)-[:CONCERNS]->(m:Model)
WITH a, asked, gates, m.id AS model ORDER BY model
WITH a, asked, gates, collect(DISTINCT model) AS models
RETURN a.id AS approval, models, gates, asked, $today - a.requested_day AS days
ORDER BY coalesce(days, 0) DESC, approval
