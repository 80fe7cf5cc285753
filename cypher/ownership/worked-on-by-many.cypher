// Models that many work on and the accountable one hardly touches
//
// Work is spread over teams, none does even half of it, and the team that answers for the
// model does almost none: it is accountable for what it neither makes nor sees.
//
// code: OWN-07
// severity: 2
// cause: owner
// effect: design
// remedy: Ask the team that does most whether it takes the model over.
// actor: the accountable owner of {model}, with the team that does most
// needs: WORKED_ON
// among: live models with enough recorded work
//   MATCH (t:Team)-[w:WORKED_ON]->(m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//   WITH m.id AS model, sum(w.events) AS events
//   WHERE events >= $min_events
//   RETURN count(model) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_events: int = 50 -- with fewer recorded events nothing can be said
// parameter min_largest_share: float = 0.5 -- a team with this share does the work
// parameter min_accountable_share: float = 0.1 -- below it the accountable team hardly works on it
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model
// column events: int -- how often teams were seen working on it
// column teams: list of Team -- who worked on it, most active first
// column largest_share: float -- the share of the most active team
// column accountable_share: float -- the share of the accountable team and those below it; those
//   of an accountable person are the teams that the person sits in
MATCH (t:Team)-[w:WORKED_ON]->(m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
WITH m.id AS model, sum(w.events) AS events
WHERE events >= $min_events
MATCH (m:Model {id: model})<-[w:WORKED_ON]-(t:Team)
WITH m, events, t, coalesce(w.share, w.events * 1.0 / events) AS share,
  [(m)<-[own:OWNS]-(o) WHERE own.role = 'accountable'
    AND coalesce(own.confidence, 1.0) >= $min_confidence | o.id]
  + [(m)<-[own:OWNS]-(:Person)-[sits:MEMBER_OF]->(o:Team) WHERE own.role = 'accountable'
    AND coalesce(own.confidence, 1.0) >= $min_confidence
    AND coalesce(sits.role, 'member') <> 'liaison' AND coalesce(o.kind, 'team') <> 'group' | o.id]
  AS answering,
  [(t)-[:PART_OF*1..8]->(up:Team) | up.id] AS above
WITH m, events, t, share,
  CASE WHEN t.id IN answering OR any(up IN above WHERE up IN answering)
    THEN 1 ELSE 0 END AS answers
ORDER BY share DESC, t.id
WITH m, events, collect(t.id) AS teams, max(share) AS largest_share,
  sum(share * answers) AS accountable_share
WHERE largest_share < $min_largest_share AND accountable_share < $min_accountable_share
RETURN m.id AS model, events, teams, round(largest_share, 2) AS largest_share,
  round(accountable_share, 2) AS accountable_share
ORDER BY events DESC, model
