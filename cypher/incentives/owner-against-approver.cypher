// Functions whose rewards clash where one owns and the other approves
//
// One side is rewarded for what the other side is rewarded against, and they meet on real
// work as owner and approver. Each refusal is reasonable and each is well paid, so the same
// argument comes back on every model until somebody is named to settle it. Control functions
// must not share the business's rewards: the way out is a written rule, not one shared measure.
// Rewards that are only assumed make no finding, nor do two teams of one function. Liaisons and
// mailing groups do not count. A tension is settled when one of its statements says so.
//
// code: INC-01
// severity: 3
// cause: policy
// effect: design
// remedy: Write down who settles it when the two disagree, and which reward wins for which tier.
// actor: the nearest common superior of {function, other: the two functions}
// needs: REWARDED_BY, CONFLICTS_WITH
// among: pairs of teams that meet as owner and approver
//   MATCH (a:Approval)-[:CONCERNS]->(m:Model)<-[claim:OWNS]-(owner:Team)
//   WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
//     AND coalesce(m.stage, 'unknown') <> 'retired'
//   MATCH (a)-[d:DECIDED_BY]->(decider)
//   WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
//   OPTIONAL MATCH (decider)-[s:MEMBER_OF]->(t:Team)
//   WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
//   WITH owner.id AS one, CASE WHEN decider:Team THEN decider.id ELSE t.id END AS two
//   WHERE one <> two
//   WITH DISTINCT CASE WHEN one < two THEN one ELSE two END AS one,
//     CASE WHEN one < two THEN two ELSE one END AS two
//   RETURN count(two) AS n
// control: NIST GOVERN 2.1
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column function: Team -- one of the two functions; the team that is rewarded where none is above
// column other: Team -- the other one
// column rewards: list of text -- what each is rewarded for
// column owners: list of Team -- on which side the models are owned
// column approvers: list of Team -- on which side they are approved
// column models: int -- on how many models the two meet
// column waiting: int -- how many of their requests are pending
// column median_days: int -- how long the half that waits longest has waited at least
// column median_days_elsewhere: int -- the same for requests where no rewards clash
// column settled_by: list of text -- who is named to settle it, if anybody
MATCH (a:Approval)-[:CONCERNS]->(m:Model)<-[claim:OWNS]-(owner:Team)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(m.stage, 'unknown') <> 'retired'
MATCH (a)-[d:DECIDED_BY]->(decider)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
OPTIONAL MATCH (decider)-[s:MEMBER_OF]->(t:Team)
WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
WITH owner.id AS one, CASE WHEN decider:Team THEN decider.id ELSE t.id END AS two, m.id AS model,
  CASE WHEN a.status = 'pending' THEN a.id END AS request
WHERE one <> two
WITH one, two, collect(DISTINCT model) AS models, collect(DISTINCT request) AS pending
WITH one, collect({two: two, models: models, pending: pending}) AS meetings
// What a team is rewarded for is its own or that of a team above it; what stands above both
// of them is no clash between the two.
MATCH (owner:Team {id: one})-[:PART_OF*0..8]->(mine:Team)-[:REWARDED_BY]->(i:Incentive)
MATCH (i)-[x:CONFLICTS_WITH]-(j:Incentive)
WHERE coalesce(x.basis, 'declared') <> 'assumed'
  AND coalesce(i.basis, 'declared') <> 'assumed' AND coalesce(j.basis, 'declared') <> 'assumed'
  AND NOT EXISTS { (i)-[y:CONFLICTS_WITH]-(k:Incentive) WHERE k.id = j.id AND y.reconciled = true }
WITH meetings, {id: one, above: [(owner)-[:PART_OF*1..8]->(up:Team) | up.id], mine: mine.id,
  for: coalesce(i.dimension, i.name, i.id), against: j.id, settled_by: x.settled_by} AS side
UNWIND meetings AS meeting
WITH meeting.two AS two,
  collect({owner: side, models: meeting.models, pending: meeting.pending}) AS sides
MATCH (approver:Team {id: two})-[:PART_OF*0..8]->(theirs:Team)-[:REWARDED_BY]->(j:Incentive)
WHERE EXISTS { (j)-[:CONFLICTS_WITH]-(:Incentive) }
WITH sides, two, [(approver)-[:PART_OF*1..8]->(up:Team) | up.id] AS above, theirs.id AS theirs,
  j.id AS rival, coalesce(j.dimension, j.name, j.id) AS theirs_for
UNWIND sides AS side
WITH two, above, theirs, rival, theirs_for, side.owner AS one, side.models AS models,
  side.pending AS pending
WHERE one.against = rival AND theirs <> one.id AND NOT theirs IN one.above
  AND one.mine <> two AND NOT one.mine IN above
WITH one.id AS one, one.mine AS mine, one.for AS mine_for, one.settled_by AS settled_by,
  two, theirs, theirs_for, models, pending
CALL (one) {
  OPTIONAL MATCH way = (:Team {id: one})-[:PART_OF*0..8]->(f:Team) WHERE f.kind = 'function'
  WITH f.id AS f, length(way) AS far ORDER BY far, f
  RETURN collect(f)[0] AS owners
}
CALL (two) {
  OPTIONAL MATCH way = (:Team {id: two})-[:PART_OF*0..8]->(f:Team) WHERE f.kind = 'function'
  WITH f.id AS f, length(way) AS far ORDER BY far, f
  RETURN collect(f)[0] AS approvers
}
WITH coalesce(owners, mine) AS owning, coalesce(approvers, theirs) AS approving, mine_for,
  theirs_for, settled_by, models, pending
WHERE owning <> approving
WITH CASE WHEN owning < approving THEN owning ELSE approving END AS function,
  CASE WHEN owning < approving THEN approving ELSE owning END AS other,
  owning, approving, settled_by, models, pending,
  owning + ' for ' + mine_for + ', ' + approving + ' for ' + theirs_for AS reward
ORDER BY owning, approving, reward, settled_by
WITH function, other, collect(DISTINCT reward) AS rewards, collect(DISTINCT owning) AS owners,
  collect(DISTINCT approving) AS approvers, collect(DISTINCT settled_by) AS settled_by,
  collect(models) AS groups, collect(pending) AS queues
CALL (groups) {
  UNWIND groups AS models
  UNWIND models AS model
  RETURN count(DISTINCT model) AS met_on
}
CALL (queues) {
  UNWIND queues AS ids
  UNWIND ids AS id
  MATCH (a:Approval {id: id})
  WITH DISTINCT a, $today - a.requested_day AS days ORDER BY days
  RETURN count(a) AS waiting, collect(days) AS waits, collect(a.id) AS pending
}
WITH collect({function: function, other: other, rewards: rewards, owners: owners,
    approvers: approvers, settled_by: settled_by, met_on: met_on, waiting: waiting, waits: waits})
  AS clashes, collect(pending) AS queues
CALL (queues) { UNWIND queues AS ids UNWIND ids AS id RETURN collect(DISTINCT id) AS clashing }
CALL (clashing) {
  MATCH (a:Approval) WHERE a.status = 'pending' AND NOT a.id IN clashing
  WITH $today - a.requested_day AS days ORDER BY days
  RETURN collect(days) AS elsewhere
}
UNWIND clashes AS clash
RETURN clash.function AS function, clash.other AS other, clash.rewards AS rewards,
  clash.owners AS owners, clash.approvers AS approvers, clash.met_on AS models,
  clash.waiting AS waiting, clash.waits[size(clash.waits) / 2] AS median_days,
  elsewhere[size(elsewhere) / 2] AS median_days_elsewhere, clash.settled_by AS settled_by
ORDER BY waiting DESC, models DESC, function, other
