// Models between an eager owner and an averse decider
//
// Those who answer for the model and those who decide about it declared very different
// appetites for risk. Each refuses what the other takes for granted, and the argument comes
// back at every gate, because it is not about this model at all. A person decides with the
// appetite of the teams that the person sits in; a team that is no more refuses nothing.
//
// code: RSK-01
// severity: 2
// cause: policy {averse}
// effect: design
// remedy: Write down which appetite holds for models of this tier, and who said so.
// actor: the board, or the nearest common superior of {averse, eager: the teams}
// needs: OWNS, DECIDED_BY, MEMBER_OF, Team.risk_appetite
// among: live models whose owner and decider both declared their appetite
//   MATCH (t:Team)-[claim:OWNS]->(m:Model)
//   WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
//     AND t.risk_appetite IS NOT NULL AND coalesce(t.status, 'unknown') <> 'archived'
//     AND coalesce(m.stage, 'unknown') <> 'retired'
//   MATCH (m)<-[:CONCERNS]-(:Approval)-[d:DECIDED_BY]->(decider)
//   WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
//   WITH DISTINCT m, decider
//   OPTIONAL MATCH (decider)-[s:MEMBER_OF]->(its:Team)
//   WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(its.kind, 'team') <> 'group'
//   WITH m, CASE WHEN decider:Team THEN decider ELSE its END AS other
//   WHERE other.risk_appetite IS NOT NULL AND coalesce(other.status, 'unknown') <> 'archived'
//   RETURN count(DISTINCT m) AS n
// control: NIST GOVERN 1.3; NIST MAP 1.5
// parameter min_gap: int = 3 -- so many of the five steps apart are too many
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model
// column steps: int -- how many of five steps lie between the lowest and the highest appetite
// column averse: list of Team -- who stands at the lowest
// column eager: list of Team -- who stands at the highest
// column waiting: int -- how many requests about it are pending
MATCH (owner:Team)-[claim:OWNS]->(m:Model)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND owner.risk_appetite IS NOT NULL AND coalesce(owner.status, 'unknown') <> 'archived'
  AND coalesce(m.stage, 'unknown') <> 'retired'
MATCH (m)<-[:CONCERNS]-(:Approval)-[d:DECIDED_BY]->(decider)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH DISTINCT m, owner, decider
OPTIONAL MATCH (decider)-[s:MEMBER_OF]->(t:Team)
WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
WITH m, owner, CASE WHEN decider:Team THEN decider ELSE t END AS other
WHERE other.risk_appetite IS NOT NULL AND coalesce(other.status, 'unknown') <> 'archived'
WITH m, min(owner.risk_appetite) AS low, max(owner.risk_appetite) AS high,
  min(other.risk_appetite) AS lower, max(other.risk_appetite) AS higher,
  collect(owner) AS owners, collect(other) AS others
WITH m, owners + others AS chain, CASE WHEN lower < low THEN lower ELSE low END AS low,
  CASE WHEN higher > high THEN higher ELSE high END AS high
WHERE high - low >= $min_gap
UNWIND chain AS team
WITH DISTINCT m, low, high, team.id AS team, team.risk_appetite AS appetite ORDER BY team
WITH m, low, high, collect(CASE WHEN appetite = low THEN team END) AS averse,
  collect(CASE WHEN appetite = high THEN team END) AS eager
RETURN m.id AS model, high - low AS steps, averse, eager,
  COUNT { (m)<-[:CONCERNS]-(a:Approval) WHERE a.status = 'pending' } AS waiting
ORDER BY steps DESC, waiting DESC, model
