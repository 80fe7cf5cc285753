// What each team carries, with all that is below it
//
// The models that a team and the teams below it answer for, how risky they are, how many requests
// about them are pending, and how many lie before its own people: what a lead should know by heart.
// A company is above its functions and comes first. A model that two teams below answer for counts
// once. What a person answers for, and what lies before one, is that of each team that the person
// sits in, committees and mailing groups apart: teams of the kind `group` with no team below.
//
// code: LST-07
// severity: info
// needs: Team, OWNS role accountable or DECIDED_BY
// among: teams that are still here
//   MATCH (t:Team)
//   WHERE coalesce(t.status, 'unknown') <> 'archived'
//   RETURN count(t) AS n
// then: rolled_up
// control: NIST GOVERN 2.1; ISO 42001 5.3
// parameter min_carried: int = 1 -- leave out teams with fewer models, and requests before them,
//   together
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column team: Team -- the team
// column people: int -- how many people who are here sit in it or below
// column models: int -- for how many live models it or those below answer
// column in_production: int -- how many of them are in production
// column at_tier_3: int -- how many are of the highest risk tier
// column unclassified: int -- how many nobody has classified
// column pending: int -- how many requests about them are pending, before whomever
// column before_it: int -- how many pending requests lie before it or its people, about whatever
// column oldest_days: int -- for how long the oldest of those has waited
CALL () {
  MATCH (t:Team)
  RETURN 'team' AS part, t.id AS id, {here: coalesce(t.status, 'unknown') <> 'archived',
    above: [(t)-[:PART_OF*1..8]->(up:Team) | up.id]} AS facts
  UNION ALL
  // Who sits in it.
  MATCH (t:Team)
  WHERE coalesce(t.kind, 'team') <> 'committee'
    AND (coalesce(t.kind, 'team') <> 'group' OR EXISTS { (t)<-[:PART_OF]-(:Team) })
  RETURN 'seats' AS part, t.id AS id, {people: [(t)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left'
    | {id: p.id, human: NOT coalesce(p.kind, 'human') IN ['shared_mailbox', 'service']}]} AS facts
  UNION ALL
  // What a team or a person answers for, and what is pending about it.
  MATCH (o)-[claim:OWNS]->(m:Model)
  WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
    AND coalesce(m.stage, 'unknown') <> 'retired'
  WITH o.id AS id, collect({id: m.id, live: m.stage = 'production', tier: m.risk_tier,
    pending: [(m)<-[:CONCERNS]-(a:Approval) WHERE a.status = 'pending' | a.id]}) AS models
  RETURN 'models' AS part, id, {models: models} AS facts
  UNION ALL
  // What lies before a team or a person.
  MATCH (a:Approval)-[d:DECIDED_BY]->(o)
  WHERE a.status = 'pending' AND coalesce(d.role, 'decide') IN ['decide', 'agree']
  WITH o.id AS id, collect({id: a.id, days: $today - a.requested_day}) AS requests
  RETURN 'before' AS part, id, {requests: requests} AS facts
}
RETURN part, id, facts
ORDER BY part, id
