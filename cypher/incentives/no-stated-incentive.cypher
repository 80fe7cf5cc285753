// Accountable teams without a stated incentive
//
// Nobody has written down what this team is rewarded for, its own or its function's. Whether
// it gains or loses by a model that fails can only be guessed, and others will guess.
//
// code: INC-03
// severity: 1
// cause: data
// effect: data
// remedy: Write down in one line what the team is rewarded for this year.
// actor: the lead of {team}, with the lead of its function
// needs: REWARDED_BY
// absence: yes
// among: teams that answer for a live model
//   MATCH (t:Team)
//   WHERE coalesce(t.described, true) AND EXISTS { (t)-[claim:OWNS]->(m:Model)
//     WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
//       AND coalesce(m.stage, 'unknown') <> 'retired' }
//   RETURN count(t) AS n
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column team: Team -- the team
// column models: int -- for how many live models it answers
// column only_assumed: list of Incentive -- what others assume that it is rewarded for
MATCH (t:Team)-[claim:OWNS]->(m:Model)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(m.stage, 'unknown') <> 'retired' AND coalesce(t.described, true)
WITH t, count(DISTINCT m) AS models
WHERE NOT EXISTS { (t)-[:REWARDED_BY]->(i:Incentive)
    WHERE coalesce(i.basis, 'declared') <> 'assumed' }
  AND NOT EXISTS { (t)-[:PART_OF*1..8]->(:Team)-[:REWARDED_BY]->(i:Incentive)
    WHERE coalesce(i.basis, 'declared') <> 'assumed' }
OPTIONAL MATCH (t)-[:REWARDED_BY]->(i:Incentive)
WITH t, models, i.id AS incentive ORDER BY incentive
WITH t, models, collect(incentive) AS only_assumed
RETURN t.id AS team, models, only_assumed
ORDER BY models DESC, team
