// Deciding teams that never declared their appetite for risk
//
// They say yes and no to risk every week, and nobody wrote down how much of it they are meant
// to take. Every refusal looks personal, and no approval can be called too bold. What a team
// above it declared holds for it as well; a team that is no more takes no risk.
//
// code: RSK-02
// severity: 1
// cause: data
// effect: data
// remedy: Write down, from 1 to 5, how much risk the team is meant to take, and who says so.
// actor: the lead of {team}, with the board
// needs: DECIDED_BY, MEMBER_OF, Team.risk_appetite
// absence: yes
// among: teams that decide, themselves or by their people
//   MATCH (t:Team)
//   WHERE coalesce(t.kind, 'team') <> 'group' AND coalesce(t.described, true)
//     AND coalesce(t.status, 'unknown') <> 'archived'
//     AND (EXISTS { (t)<-[d:DECIDED_BY]-()
//         WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] }
//       OR EXISTS { (t)<-[s:MEMBER_OF]-(:Person)<-[d:DECIDED_BY]-()
//         WHERE coalesce(s.role, 'member') <> 'liaison'
//           AND coalesce(d.role, 'decide') IN ['decide', 'agree'] })
//   RETURN count(t) AS n
// control: NIST GOVERN 1.3; NIST MAP 1.5
// column team: Team -- the team, for which no team above it declared either
// column function: text -- its function
// column deciders: int -- how many of its people decide
MATCH (t:Team)
WHERE coalesce(t.kind, 'team') <> 'group' AND t.risk_appetite IS NULL
  AND coalesce(t.described, true) AND coalesce(t.status, 'unknown') <> 'archived'
  AND NOT EXISTS { (t)-[:PART_OF*1..8]->(up:Team) WHERE up.risk_appetite IS NOT NULL }
WITH t, COUNT { (t)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison'
      AND EXISTS { (p)<-[d:DECIDED_BY]-()
        WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] } }
  AS deciders
WHERE deciders > 0
  OR EXISTS { (t)<-[d:DECIDED_BY]-() WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] }
RETURN t.id AS team, t.function AS function, deciders
ORDER BY deciders DESC, team
