// How free committees are to act
//
// If every member is for or against as a coin falls, how often can those in favour decide, whatever
// the others do: come and vote against, or stay away (Coleman's power to act)? With a simple
// majority in half of all cases, where five must be unanimous in 3 of 100. And how often does one
// vote decide (Banzhaf)? Where the functions of all members are known, the shares of power tell
// whose vote counts if each function votes as one: some have seats and no power, and some can stop
// everything alone. A liaison has no vote.
//
// code: DEC-07
// severity: info
// needs: MEMBER_OF
// among: committees
//   MATCH (t:Team)
//   WHERE coalesce(t.status, 'unknown') <> 'archived'
//     AND (coalesce(t.kind, '') = 'committee' OR t.quorum IS NOT NULL
//       OR coalesce(t.decision_rule, 'single') <> 'single')
//   RETURN count(t) AS n
// then: freedom_of_committees
// column committee: Team -- the committee, of which some members are written down
// column members: int -- how many of them are here
// column rule: text -- how it decides, where that is written down
// column quorum: int -- how many must be there, where that is written down
// column can_be_away: int -- how many can be away; below 0 it cannot meet
// column needed: int -- how many in favour decide, whatever the others do
// column power_to_act: float -- the share of all ways to vote in which it can decide, from 0 to 1
// column decided_by_one_vote: float -- the share in which one vote decides, from 0 to 1
// column functions: list of text -- each function's share of power, if it votes as one
MATCH (t:Team)
WHERE coalesce(t.status, 'unknown') <> 'archived'
  AND (coalesce(t.kind, '') = 'committee' OR t.quorum IS NOT NULL
    OR coalesce(t.decision_rule, 'single') <> 'single')
  AND EXISTS { (t)<-[s:MEMBER_OF]-(:Person) WHERE coalesce(s.role, 'member') <> 'liaison' }
OPTIONAL MATCH (t)<-[seat:MEMBER_OF]-(p:Person)
WHERE coalesce(p.status, 'unknown') <> 'left' AND coalesce(seat.role, 'member') <> 'liaison'
// A member's function is its own, or else that of the team or teams in which it works.
WITH t, p, CASE WHEN p IS NULL THEN [] WHEN p.function IS NOT NULL THEN [p.function]
  ELSE [(p)-[s:MEMBER_OF]->(x:Team)
    WHERE x.function IS NOT NULL AND coalesce(s.role, 'member') <> 'liaison'
      AND NOT coalesce(x.kind, 'team') IN ['committee', 'group'] | x.function] END AS functions
WITH t, p.id AS member,
  CASE WHEN any(each IN functions WHERE each <> functions[0]) THEN ''
    ELSE coalesce(functions[0], '') END AS function
ORDER BY member
WITH t, collect(CASE WHEN member IS NOT NULL THEN function END) AS functions
RETURN t.id AS committee, functions, t.decision_rule AS rule, t.quorum AS quorum
ORDER BY committee
