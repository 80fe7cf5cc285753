// How much risk each function really takes
//
// What a function says of its appetite is one thing, how often it refuses is the other. For each
// risk tier, how many requests each function decided and what share of them it refused, beside
// what all others refused at that tier. Where the share of the others lies between the lowest and
// the highest share, chance alone may explain the difference. The function of a person is that of
// the person, else of the teams that the person sits in, committees apart; that of a team is its
// own, else that of the nearest team above it, and so is the appetite. A request that two functions decided counts
// for both.
//
// code: RSK-03
// severity: info
// needs: CONCERNS, DECIDED_BY, Approval.status, Person.function or Team.function
// among: decided requests about a model
//   MATCH (a:Approval)
//   WHERE a.status IN ['approved', 'conditional', 'waived', 'expired', 'rejected']
//     AND EXISTS { (a)-[:CONCERNS]->(:Model) }
//   RETURN count(a) AS n
// then: refused_by_function
// control: NIST GOVERN 1.3; NIST MAP 1.5
// parameter min_decisions: int = 10 -- leave out functions that decided fewer requests at the tier
// column risk_tier: int -- the highest tier among the models; blank where none is classified
// column function: text -- the function of those who decided
// column declared: list of int -- the appetites that its deciding teams declared, 1 averse to 5
//   eager
// column decided: int -- how many requests it decided
// column refused: int -- how many of them it refused
// column share: float -- which share of them
// column lowest: float -- the share may be as low as this (Wilson's interval, 95 in 100)
// column highest: float -- and as high as this
// column others: float -- which share all others refused at this tier, if they decided any
MATCH (a:Approval)-[:CONCERNS]->(m:Model)
WHERE a.status IN ['approved', 'conditional', 'waived', 'expired', 'rejected']
WITH a, max(m.risk_tier) AS risk_tier
MATCH (a)-[d:DECIDED_BY]->(o)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH o, risk_tier, collect(DISTINCT a.id) AS decided,
  collect(DISTINCT CASE WHEN a.status = 'rejected' THEN a.id END) AS refused
WITH o, risk_tier, decided, refused,
  CASE WHEN o:Team THEN [o]
    ELSE [(o)-[s:MEMBER_OF]->(t:Team) WHERE coalesce(s.role, 'member') <> 'liaison'
      AND NOT coalesce(t.kind, 'team') IN ['group', 'committee'] | t] END
  AS teams
UNWIND CASE WHEN size(teams) = 0 THEN [null] ELSE teams END AS team
CALL (team) {
  WITH team WHERE team IS NOT NULL
  MATCH way = (team)-[:PART_OF*0..8]->(up:Team)
  WITH up, length(way) AS steps ORDER BY steps, up.id
  RETURN collect(up.function)[0] AS nearest, collect(up.risk_appetite)[0] AS appetite
}
WITH o, risk_tier, appetite, decided, refused,
  CASE WHEN o:Person THEN coalesce(o.function, nearest) ELSE nearest END AS function
RETURN risk_tier, function, appetite, decided, refused
ORDER BY coalesce(risk_tier, 0) DESC, coalesce(function, ''), coalesce(appetite, 0), o.id
