// Teams that hold each other up
//
// Each lets the other's models wait beyond the promised days, and waits itself: two teams, or up to
// four in a ring, each of which holds up the next and the last the first. It is no lack of hands,
// since each of them answers all others in half that time: the one who waits makes the other wait.
// Who holds a request is the team before which it lies, or the team of the person before whom it
// lies; committees are nobody's team. A team and those above it are one line and no two parties. How
// long anybody waits is the median with those that still wait kept in; where half of all others
// were never answered, nothing can be said, nor where there are too few of them.
//
// code: INC-05
// severity: 2
// cause: policy
// effect: stopped
// remedy: Let both sides decide the oldest request of the other on the same day, and write down how
//   soon each answers the other.
// actor: the nearest common superior of {ring: the teams}
// needs: AT, CONCERNS, DECIDED_BY, Approval.requested_day, Gate.sla_days, OWNS from Team role
//   accountable
// among: teams whose models wait before somebody
//   MATCH (a:Approval)-[:CONCERNS]->(m:Model)
//   WHERE a.status = 'pending' AND coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (a)-[:DECIDED_BY]->() }
//   WITH DISTINCT m
//   MATCH (m)<-[claim:OWNS]-(t:Team)
//   WHERE claim.role = 'accountable'
//   RETURN count(DISTINCT t) AS n
// then: mutual_holds
// control: NIST GOVERN 2.1
// parameter times_sla: float = 1.0 -- how many times the promised days are too long
// parameter times_slower: float = 2.0 -- how many times as long as all others it must wait
// parameter min_requests: int = 5 -- with fewer requests of others nothing can be said
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column team: Team -- one of the teams
// column other: Team -- the one that it holds up
// column ring: list of Team -- all of them: each holds up the next, and the last the first; where
//   several rings begin with the same two teams, the shortest
// column models: list of Model -- the models that wait
// column waiting: int -- how many requests wait
// column days: int -- how long the one that waits longest has waited
// column slower: float -- so many times as long as all others wait there, or more
MATCH (a:Approval)-[:CONCERNS]->(m:Model)<-[claim:OWNS]-(owner:Team)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(owner.status, 'unknown') <> 'archived'
  AND NOT coalesce(a.status, 'unknown') IN ['returned', 'withdrawn']
WITH a, owner, CASE WHEN coalesce(m.stage, 'unknown') <> 'retired' THEN m.id END AS model,
  a.requested_day + coalesce(a.days_with_requester, 0) AS begun
WITH a, owner, model, a.decided_day - begun AS took,
  CASE WHEN a.status = 'pending' AND a.decided_day IS NULL THEN $today - begun END AS so_far
WHERE took >= 0 OR so_far >= 0
MATCH (a)-[d:DECIDED_BY]->(decider)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH decider.id AS decider, owner.id AS owner, a.id AS request, model, took, so_far,
  CASE WHEN so_far IS NULL THEN [] ELSE [(a)-[:AT]->(g:Gate) | g.sla_days] END AS promised
ORDER BY request, model
WITH decider, collect({owner: owner, request: request, model: model, took: took, so_far: so_far,
  promised: promised}) AS requests
MATCH (o:Team|Person {id: decider})
UNWIND CASE WHEN o:Team THEN [o.id]
  ELSE [(o)-[s:MEMBER_OF]->(t:Team) WHERE coalesce(s.role, 'member') <> 'liaison'
    AND NOT coalesce(t.kind, 'team') IN ['group', 'committee'] | t.id] END AS team
MATCH (t:Team {id: team})
WHERE coalesce(t.status, 'unknown') <> 'archived'
RETURN t.id AS holder, [(t)-[:PART_OF*1..8]->(up:Team) | up.id] AS above, requests
ORDER BY holder, decider
