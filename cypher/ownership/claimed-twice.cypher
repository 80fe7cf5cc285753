// Models that two teams claim
//
// Where two teams both say "this is ours", each can promise, change or stop what the other
// answers for, and every decision has to be made twice. A team and those above it are one line
// and no conflict; nor are teams that each answer for a different part, or for their own use of
// a shared base model, on which another stands that they answer for. Two persons clash where both
// are known to sit in teams, and those are not one line. Who is gone claims nothing any more, but
// a move of which nobody told looks the same, so see who claims it, since when.
//
// code: OWN-02
// severity: 3
// cause: owner {claimants}
// effect: design
// remedy: Agree which one stays accountable, and record the others as what they are.
// actor: the lead of the nearest common parent of {claimants: those who claim it}
// needs: OWNS from Team role accountable
// among: live models with an accountable owner
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[claim:OWNS]-() WHERE claim.role = 'accountable'
//       AND coalesce(claim.confidence, 1.0) >= $min_confidence }
//   RETURN count(m) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model that is claimed twice
// column claimants: list of Person or Team -- who each say that they are accountable
// column claims: list of text -- for which part, since when, and which sources say so
MATCH (m:Model)<-[claim:OWNS]-(claimant)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(m.stage, 'unknown') <> 'retired'
  AND NOT coalesce(claimant.status, 'unknown') IN ['left', 'archived']
WITH m, count(DISTINCT claimant) AS claimants
WHERE claimants > 1
MATCH (m)<-[first:OWNS]-(one)
WHERE first.role = 'accountable' AND coalesce(first.confidence, 1.0) >= $min_confidence
  AND NOT coalesce(one.status, 'unknown') IN ['left', 'archived']
MATCH (m)<-[second:OWNS]-(two)
WHERE second.role = 'accountable' AND coalesce(second.confidence, 1.0) >= $min_confidence
  AND NOT coalesce(two.status, 'unknown') IN ['left', 'archived']
  AND one.id < two.id
  AND (first.scope IS NULL OR second.scope IS NULL OR first.scope = second.scope)
  AND ((one:Team AND two:Team
      AND NOT EXISTS { (one)-[:PART_OF*1..8]->(two) }
      AND NOT EXISTS { (two)-[:PART_OF*1..8]->(one) })
    OR (one:Person AND two:Person))
WITH m, first, one, second, two,
  [(one)-[sits:MEMBER_OF]->(t:Team)
    WHERE coalesce(sits.role, 'member') <> 'liaison'
      AND coalesce(t.kind, 'team') <> 'group' | t.id]
  AS teams_of_one,
  [(two)-[sits:MEMBER_OF]->(t:Team)
    WHERE coalesce(sits.role, 'member') <> 'liaison'
      AND coalesce(t.kind, 'team') <> 'group' | t.id]
  AS teams_of_two,
  [(one)-[sits:MEMBER_OF]->(own:Team)-[:PART_OF*1..8]->(t:Team)
    WHERE coalesce(sits.role, 'member') <> 'liaison'
      AND coalesce(own.kind, 'team') <> 'group' | t.id]
  AS above_one,
  [(two)-[sits:MEMBER_OF]->(own:Team)-[:PART_OF*1..8]->(t:Team)
    WHERE coalesce(sits.role, 'member') <> 'liaison'
      AND coalesce(own.kind, 'team') <> 'group' | t.id]
  AS above_two
WHERE (one:Team OR (size(teams_of_one) > 0 AND size(teams_of_two) > 0
    AND none(t IN teams_of_one WHERE t IN teams_of_two + above_two)
    AND none(t IN teams_of_two WHERE t IN above_one)))
  // Two deployers of one base model each answer for their own use of it.
  AND NOT (coalesce(first.scope, 'all') = 'use' AND coalesce(second.scope, 'all') = 'use'
    AND EXISTS { (m)<-[:DEPENDS_ON]-(d:Model)<-[own:OWNS]-(o)
      WHERE d.id <> m.id AND o.id = one.id
        AND own.role = 'accountable' AND coalesce(own.confidence, 1.0) >= $min_confidence }
    AND EXISTS { (m)<-[:DEPENDS_ON]-(d:Model)<-[own:OWNS]-(o)
      WHERE d.id <> m.id AND o.id = two.id
        AND own.role = 'accountable' AND coalesce(own.confidence, 1.0) >= $min_confidence })
UNWIND [one.id, two.id] AS id
WITH m, collect(DISTINCT id) AS clashing
MATCH (m)<-[claim:OWNS]-(claimant)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND claimant.id IN clashing
WITH m, claimant.id AS claimant, claimant.id + ' for ' + coalesce(claim.scope, 'all of it')
  + CASE WHEN claim.since_day IS NULL THEN ''
      ELSE ', for ' + toString($today - claim.since_day) + ' days' END
  + reduce(said = '', source IN coalesce(claim.sources, []) | said + ', says ' + source) AS text
ORDER BY claimant, text
WITH m, collect(DISTINCT claimant) AS claimants, collect(text) AS claims
RETURN m.id AS model, claimants, claims
ORDER BY model
