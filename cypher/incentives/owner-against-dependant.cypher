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
WITH owner, dependant, collect(DISTINCT m.id) AS models
WITH owner, collect({dependant: dependant, models: models}) AS meetings
// What a team is rewarded for is its own or that of a team above it; what stands above both
// of them is no clash between the two.
UNWIND [owner] + [(owner)-[:PART_OF*1..8]->(up:Team) | up] AS mine
MATCH (mine)-[:REWARDED_BY]->(i:Incentive)
WITH owner, mine, i, [(i)-[:CONFLICTS_WITH]-(against:Incentive) | against.id] AS against, meetings
WHERE size(against) > 0
UNWIND meetings AS meeting
WITH meeting.dependant AS dependant,
  collect({owner: owner, mine: mine, i: i, against: against, models: meeting.models}) AS sides
UNWIND [dependant] + [(dependant)-[:PART_OF*1..8]->(up:Team) | up] AS theirs
MATCH (theirs)-[:REWARDED_BY]->(j:Incentive)
WHERE EXISTS { (j)-[:CONFLICTS_WITH]-(:Incentive) }
UNWIND sides AS side
WITH side, theirs, j, dependant WHERE j.id IN side.against
WITH dependant, theirs, j, side.owner AS owner, side.mine AS mine, side.i AS i,
  side.models AS models
MATCH (i)-[x:CONFLICTS_WITH]-(j)
WHERE NOT EXISTS { (i)-[y:CONFLICTS_WITH]-(k:Incentive) WHERE k.id = j.id AND y.reconciled = true }
  AND coalesce(x.basis, 'declared') <> 'assumed'
  AND coalesce(i.basis, 'declared') <> 'assumed' AND coalesce(j.basis, 'declared') <> 'assumed'
  AND theirs.id <> owner.id AND NOT EXISTS { (owner)-[:PART_OF*1..8]->(theirs) }
  AND mine.id <> dependant.id AND NOT EXISTS { (dependant)-[:PART_OF*1..8]->(mine) }
WITH owner, dependant, mine, theirs, i, j, x, models
OPTIONAL MATCH way = (owner)-[:PART_OF*1..8]->(f:Team) WHERE f.kind = 'function'
WITH owner, dependant, mine, theirs, i, j, x, models, f.id AS f ORDER BY length(way), f
WITH owner, dependant, mine, theirs, i, j, x, models, collect(f) AS above
WITH dependant, theirs, i, j, x, models,
  CASE WHEN owner.kind = 'function' THEN owner.id ELSE coalesce(above[0], mine.id) END AS owning
OPTIONAL MATCH way = (dependant)-[:PART_OF*1..8]->(f:Team) WHERE f.kind = 'function'
WITH dependant, theirs, i, j, x, models, owning, f.id AS f ORDER BY length(way), f
WITH dependant, theirs, i, j, x, models, owning, collect(f) AS above
WITH i, j, x, models, owning,
  CASE WHEN dependant.kind = 'function' THEN dependant.id
    ELSE coalesce(above[0], theirs.id) END AS building
WHERE owning <> building
WITH CASE WHEN owning < building THEN owning ELSE building END AS function,
  CASE WHEN owning < building THEN building ELSE owning END AS other,
  owning, building, x.settled_by AS settled_by, models,
  owning + ' for ' + coalesce(i.dimension, i.name, i.id)
    + ', ' + building + ' for ' + coalesce(j.dimension, j.name, j.id) AS reward
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
