// Models of which two sources say different things
//
// Where one register says pilot and another production, or each names another owner, everybody
// acts on the answer that suits. The graph believes the source that the settings put first;
// that is an answer for the meantime, and not an agreement. They may differ on its stage, its risk
// tier, a bar that holds (its metric, direction or threshold), who is accountable, or who is to
// decide what is pending. A name is in dispute where two sources each name one whom the other does
// not name; of owners, for the same part. A team, or one of its people, beside the one above it is
// the same name told more closely.
//
// code: OWN-09
// severity: 2
// cause: data
// effect: data
// remedy: Ask both keepers, and set the one right that is wrong; until then state it in manual.
// actor: the keepers of the sources that differ
// needs: Model
// among: models that are not retired
//   MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN count(m) AS n
// control: NIST GOVERN 1.6; NIST GOVERN 2.1
// then: what_sources_say
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column subject: Model -- the model
// column about: text -- what they differ on
// column believed: text -- what the graph shows meanwhile; blank where it shows both
// column said: list of text -- what each source says, the most believed first
MATCH (m:Model)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
WITH m,
  [p IN coalesce(m.disputed, []) WHERE p IN ['stage', 'risk_tier']] AS own,
  // Of one alone no two can differ.
  CASE WHEN COUNT { (m)<-[claim:OWNS]-() WHERE claim.role = 'accountable' } < 2 THEN []
  ELSE [(m)<-[claim:OWNS]-(o)
    WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
    | {id: o.id, part: claim.scope, sources: claim.sources,
      above: [(o)-[:PART_OF*1..8]->(t:Team) | t.id]
        + [(o)-[sits:MEMBER_OF]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
          | t.id]
        + [(o)-[sits:MEMBER_OF]->(own:Team)-[:PART_OF*1..8]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(own.kind, 'team') <> 'group'
          | t.id]}] END AS named_owners,
  CASE WHEN COUNT { (m)<-[:CONCERNS]-(a:Approval)-[:DECIDED_BY]->() WHERE a.status = 'pending' } < 2
    THEN []
  ELSE [(m)<-[:CONCERNS]-(a:Approval)-[next:DECIDED_BY]->(o)
    WHERE a.status = 'pending' AND coalesce(next.role, 'decide') IN ['decide', 'agree']
    | {id: o.id, part: a.id, sources: next.sources,
      above: [(o)-[:PART_OF*1..8]->(t:Team) | t.id]
        + [(o)-[sits:MEMBER_OF]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
          | t.id]
        + [(o)-[sits:MEMBER_OF]->(own:Team)-[:PART_OF*1..8]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(own.kind, 'team') <> 'group'
          | t.id]}] END AS named_deciders
WITH m, own,
  [one IN named_owners
    WHERE any(other IN named_owners WHERE other.id <> one.id
      AND (one.part IS NULL OR other.part IS NULL OR one.part = other.part)
      AND any(s IN one.sources WHERE none(also IN named_owners WHERE s IN also.sources
        AND (also.part IS NULL OR other.part IS NULL OR also.part = other.part)
        AND (also.id = other.id OR also.id IN other.above OR other.id IN also.above)))
      AND any(s IN other.sources WHERE none(also IN named_owners WHERE s IN also.sources
        AND (also.part IS NULL OR one.part IS NULL OR also.part = one.part)
        AND (also.id = one.id OR also.id IN one.above OR one.id IN also.above))))
    | reduce(text = '', s IN one.sources | text + s + ', ') + 'owner: ' + one.id] AS owners,
  [one IN named_deciders
    WHERE any(other IN named_deciders WHERE other.id <> one.id
      AND (one.part IS NULL OR other.part IS NULL OR one.part = other.part)
      AND any(s IN one.sources WHERE none(also IN named_deciders WHERE s IN also.sources
        AND (also.part IS NULL OR other.part IS NULL OR also.part = other.part)
        AND (also.id = other.id OR also.id IN other.above OR other.id IN also.above)))
      AND any(s IN other.sources WHERE none(also IN named_deciders WHERE s IN also.sources
        AND (also.part IS NULL OR one.part IS NULL OR also.part = one.part)
        AND (also.id = one.id OR also.id IN one.above OR one.id IN also.above))))
    | reduce(text = '', s IN one.sources | text + s + ', ') + 'decider: ' + one.id] AS deciders
WITH m.id AS subject, [
    {about: own, claims: m.claims, said: []},
    {about: CASE WHEN size(owners) > 0 THEN ['owner'] ELSE [] END, said: owners},
    {about: CASE WHEN size(deciders) > 0 THEN ['next decider'] ELSE [] END, said: deciders}]
  + [(m)-[bar:JUDGED_BY]->(c:Criterion)
    WHERE size(coalesce(c.disputed, [])) > 0 AND coalesce(bar.status, 'agreed') <> 'superseded'
      AND (bar.until_day IS NULL OR bar.until_day > $today)
    | {about: [p IN c.disputed WHERE p IN ['metric', 'direction', 'threshold']],
      claims: c.claims, said: []}] AS parts
UNWIND [part IN parts WHERE size(part.about) > 0] AS part
WITH subject, part.about AS about, part.claims AS claims, part.said AS said
RETURN subject, about, claims, said
ORDER BY subject
