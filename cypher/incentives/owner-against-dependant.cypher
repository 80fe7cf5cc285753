// Functions whose rewards clash where one relies on what the other owns
//
// One side owns a model, the other builds on it, and the one is rewarded for what the other is
// rewarded against: every change that helps the owner hurts the one who relies on it. Rewards
// that are only assumed make no finding, nor do two teams of one function. A tension is settled when
// one of its statements says so.
//
// code: INC-02
// severity: 2
// cause: policy
// effect: design
// remedy: Write down what the owner promises to those who rely on it, and who settles a dispute.
// actor: the nearest common superior of {function, other: the two functions}
// needs: REWARDED_BY, CONFLICTS_WITH, DEPENDS_ON to Model
// among: pairs of teams of which one builds on what the other owns
//   MATCH (m:Model)<-[:DEPENDS_ON]-(other:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND coalesce(other.stage, 'unknown') <> 'retired'
//   MATCH (m)<-[claim:OWNS]-(owner:Team)
//   WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
//   MATCH (other)<-[held:OWNS]-(dependant:Team)
//   WHERE held.role = 'accountable' AND coalesce(held.confidence, 1.0) >= $min_confidence
//   WITH owner.id AS one, dependant.id AS two
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
// column dependants: list of Team -- on which side others build on them
// column models: int -- how many models stand between the two
// column settled_by: list of text -- who is named to settle it, if anybody
MATCH (m:Model)<-[:DEPENDS_ON]-(other:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(other.stage, 'unknown') <> 'retired'
MATCH (m)<-[claim:OWNS]-(owner:Team)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
MATCH (other)<-[held:OWNS]-(dependant:Team)
WHERE held.role = 'accountable' AND coalesce(held.confidence, 1.0) >= $min_confidence
  AND dependant.id <> owner.id
WITH owner.id AS one, dependant.id AS two, collect(DISTINCT m.id) AS models
WITH one, collect({two: two, models: models}) AS meetings
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
WITH meeting.two AS two, collect({owner: side, models: meeting.models}) AS sides
MATCH (dependant:Team {id: two})-[:PART_OF*0..8]->(theirs:Team)-[:REWARDED_BY]->(j:Incentive)
WHERE EXISTS { (j)-[:CONFLICTS_WITH]-(:Incentive) }
WITH sides, two, [(dependant)-[:PART_OF*1..8]->(up:Team) | up.id] AS above, theirs.id AS theirs,
  j.id AS rival, coalesce(j.dimension, j.name, j.id) AS theirs_for
UNWIND sides AS side
WITH two, above, theirs, rival, theirs_for, side.owner AS one, side.models AS models
WHERE one.against = rival AND theirs <> one.id AND NOT theirs IN one.above
  AND one.mine <> two AND NOT one.mine IN above
WITH one.id AS one, one.mine AS mine, one.for AS mine_for, one.settled_by AS settled_by,
  two, theirs, theirs_for, models
CALL (one) {
  OPTIONAL MATCH way = (:Team {id: one})-[:PART_OF*0..8]->(f:Team) WHERE f.kind = 'function'
  WITH f.id AS f, length(way) AS far ORDER BY far, f
  RETURN collect(f)[0] AS owners
}
CALL (two) {
  OPTIONAL MATCH way = (:Team {id: two})-[:PART_OF*0..8]->(f:Team) WHERE f.kind = 'function'
  WITH f.id AS f, length(way) AS far ORDER BY far, f
  RETURN collect(f)[0] AS dependants
}
WITH coalesce(owners, mine) AS owning, coalesce(dependants, theirs) AS building, mine_for,
  theirs_for, settled_by, models
WHERE owning <> building
WITH CASE WHEN owning < building THEN owning ELSE building END AS function,
  CASE WHEN owning < building THEN building ELSE owning END AS other,
  owning, building, settled_by, models,
  owning + ' for ' + mine_for + ', ' + building + ' for ' + theirs_for AS reward
ORDER BY owning, building, reward, settled_by
WITH function, other, collect(DISTINCT reward) AS rewards, collect(DISTINCT owning) AS owners,
  collect(DISTINCT building) AS dependants, collect(DISTINCT settled_by) AS settled_by,
  collect(models) AS groups
CALL (groups) {
  UNWIND groups AS models
  UNWIND models AS model
  RETURN count(DISTINCT model) AS models
}
RETURN function, other, rewards, owners, dependants, models, settled_by
ORDER BY models DESC, function, other
