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
//   OPTIONAL MATCH (decider)-[s:MEMBER_OF]->(its:Team)
//   WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(its.kind, 'team') <> 'group'
//   WITH DISTINCT m.id AS model, CASE WHEN decider:Team THEN decider.id ELSE its.id END AS its
//   MATCH (other:Team {id: its})
//   WHERE other.risk_appetite IS NOT NULL AND coalesce(other.status, 'unknown') <> 'archived'
//   RETURN count(DISTINCT model) AS n
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
OPTIONAL MATCH (decider)-[s:MEMBER_OF]->(t:Team)
WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
WITH DISTINCT m.id AS model, owner.id AS owning, owner.risk_appetite AS own,
  CASE WHEN decider:Team THEN decider.id ELSE t.id END AS deciding
MATCH (other:Team {id: deciding})
WHERE other.risk_appetite IS NOT NULL AND coalesce(other.status, 'unknown') <> 'archived'
WITH model, owning, own, deciding, other.risk_appetite AS its
WITH model, min(own) AS low, max(own) AS high, min(its) AS lower, max(its) AS higher,
  collect([owning, own]) + collect([deciding, its]) AS chain
WITH model, chain, CASE WHEN lower < low THEN lower ELSE low END AS low,
  CASE WHEN higher > high THEN higher ELSE high END AS high
WHERE high - low >= $min_gap
UNWIND chain AS each
WITH DISTINCT model, low, high, each[0] AS team, each[1] AS appetite ORDER BY team
WITH model, low, high, collect(CASE WHEN appetite = low THEN team END) AS averse,
  collect(CASE WHEN appetite = high THEN team END) AS eager
MATCH (m:Model {id: model})
RETURN model, high - low AS steps, averse, eager,
  COUNT { (m)<-[:CONCERNS]-(a:Approval) WHERE a.status = 'pending' } AS waiting
ORDER BY steps DESC, waiting DESC, model
