// Models that functions describe differently
//
// Asked who owns it, what stage and tier it has, how freely it acts, what it is for, what is good
// enough and who decides next, sources give different answers: there is no shared picture of it,
// and each acts on its own. A function that answered for itself, as in a survey, is a source of
// its own. Two answers differ where each says something that the other does not; one that says
// less is no other answer, nor is a team, or one of its people, beside the one above it. What is
// good enough are metric, direction and threshold of the bars that hold.
//
// code: CLR-02
// severity: 2
// cause: data
// effect: data
// remedy: Bring those who answered together for half an hour, write down one answer to each, and
//   correct the sources that say otherwise.
// actor: the accountable owner of {model}
// needs: Model
// among: models that are not retired
//   MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN count(m) AS n
// then: answers_by_source
// control: NIST GOVERN 1.6; NIST GOVERN 2.1
// implies: OWN-09
// parameter min_answers: int = 2 -- so many different answers to one thing are too many
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model
// column answers: int -- how many different answers there are to what they differ on most
// column sources: int -- how many sources gave them
// column about: list of text -- all that they differ on, the most different first
// column said: list of text -- who says what
MATCH (m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
WITH m,
  [(m)<-[claim:OWNS]-(o)
    WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
    | {about: 'owner', part: claim.scope, answer: o.id, sources: claim.sources,
      above: [(o)-[:PART_OF*1..8]->(t:Team) | t.id]
        + [(o)-[sits:MEMBER_OF]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
          | t.id]
        + [(o)-[sits:MEMBER_OF]->(own:Team)-[:PART_OF*1..8]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(own.kind, 'team') <> 'group'
          | t.id]}] AS owners,
  [(m)-[job:SERVES]->(u:UseCase)
    | {about: 'use case', part: '', answer: u.id, sources: job.sources, above: []}] AS jobs,
  [(m)<-[:CONCERNS]-(a:Approval)-[next:DECIDED_BY]->(o)
    WHERE a.status = 'pending' AND coalesce(next.role, 'decide') IN ['decide', 'agree']
    | {about: 'next decider', part: a.id, answer: o.id, sources: next.sources,
      above: [(o)-[:PART_OF*1..8]->(t:Team) | t.id]
        + [(o)-[sits:MEMBER_OF]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
          | t.id]
        + [(o)-[sits:MEMBER_OF]->(own:Team)-[:PART_OF*1..8]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(own.kind, 'team') <> 'group'
          | t.id]}] AS deciders,
  [(m)-[j:JUDGED_BY]->(c:Criterion)
    WHERE size(coalesce(c.disputed, [])) > 0 AND (j.until_day IS NULL OR j.until_day > $today)
      AND coalesce(j.status, 'agreed') <> 'superseded'
    | {id: c.id, claims: c.claims}] AS bars
WHERE size(coalesce(m.disputed, [])) > 0 OR size(owners) > 1 OR size(jobs) > 1
  OR size(deciders) > 1 OR size(bars) > 0
// Who decides next may also have been asked for: the ids stand in what the sources say.
CALL (m) {
  UNWIND CASE WHEN 'next_decided_by' IN coalesce(m.disputed, []) THEN [m] ELSE [] END AS asked
  MATCH (o:Team|Person) WHERE asked.claims CONTAINS '"' + o.id + '"'
  RETURN collect({answer: o.id,
    above: [(o)-[:PART_OF*1..8]->(t:Team) | t.id]
      + [(o)-[sits:MEMBER_OF]->(t:Team)
        WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
        | t.id]
      + [(o)-[sits:MEMBER_OF]->(own:Team)-[:PART_OF*1..8]->(t:Team)
        WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(own.kind, 'team') <> 'group'
        | t.id]}) AS lines
}
RETURN m.id AS model, m.claims AS claims, owners + jobs + deciders AS ties, bars, lines
ORDER BY model
