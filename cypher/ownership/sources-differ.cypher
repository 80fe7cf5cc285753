// Models of which two sources say different things
//
// Where one register says pilot and another production, or each names another owner, everybody
// acts on the answer that suits. The graph believes the source that the settings put first;
// that is an answer for the meantime, and not an agreement. They may differ on its stage, its risk
// tier, a bar that holds (its metric, direction or threshold), who is accountable, or who is to
// decide what is pending. A name is in dispute where two sources each name one whom the other does
// not name; of owners, for the same part.
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
  [(m)<-[one:OWNS]-(a)
    WHERE one.role = 'accountable' AND coalesce(one.confidence, 1.0) >= $min_confidence
      AND EXISTS { MATCH (m)<-[other:OWNS]-(b)
        WHERE other.role = 'accountable' AND coalesce(other.confidence, 1.0) >= $min_confidence
          AND a.id <> b.id
          AND (one.scope IS NULL OR other.scope IS NULL OR one.scope = other.scope)
          AND any(s IN one.sources WHERE NOT s IN other.sources
            AND none(said IN [(m)<-[also:OWNS]-(c)
              WHERE c.id = b.id AND also.role = 'accountable'
                AND coalesce(also.confidence, 1.0) >= $min_confidence
                AND (also.scope IS NULL OR other.scope IS NULL OR also.scope = other.scope)
              | also.sources] WHERE s IN said))
          AND any(s IN other.sources WHERE NOT s IN one.sources
            AND none(said IN [(m)<-[also:OWNS]-(c)
              WHERE c.id = a.id AND also.role = 'accountable'
                AND coalesce(also.confidence, 1.0) >= $min_confidence
                AND (also.scope IS NULL OR one.scope IS NULL OR also.scope = one.scope)
              | also.sources] WHERE s IN said)) }
    | reduce(text = '', s IN one.sources | text + s + ', ') + 'owner: ' + a.id] AS owners,
  [(m)<-[:CONCERNS]-(approval:Approval)-[one:DECIDED_BY]->(a)
    WHERE approval.status = 'pending' AND coalesce(one.role, 'decide') IN ['decide', 'agree']
      AND EXISTS { MATCH (approval)-[other:DECIDED_BY]->(b)
        WHERE b.id <> a.id AND coalesce(other.role, 'decide') IN ['decide', 'agree']
          AND any(s IN one.sources WHERE NOT s IN other.sources
            AND none(said IN [(approval)-[also:DECIDED_BY]->(c)
              WHERE c.id = b.id AND coalesce(also.role, 'decide') IN ['decide', 'agree']
              | also.sources] WHERE s IN said))
          AND any(s IN other.sources WHERE NOT s IN one.sources
            AND none(said IN [(approval)-[also:DECIDED_BY]->(c)
              WHERE c.id = a.id AND coalesce(also.role, 'decide') IN ['decide', 'agree']
              | also.sources] WHERE s IN said)) }
    | reduce(text = '', s IN one.sources | text + s + ', ') + 'decider: ' + a.id] AS deciders
OPTIONAL MATCH (m)-[bar:JUDGED_BY]->(c:Criterion)
WHERE size(coalesce(c.disputed, [])) > 0 AND coalesce(bar.status, 'agreed') <> 'superseded'
  AND (bar.until_day IS NULL OR bar.until_day > $today)
WITH m, own, owners, deciders, collect(c) AS bars
UNWIND [0, 1, 2] + [i IN range(0, size(bars) - 1) | i + 3] AS part
WITH m, own, owners, deciders, part, CASE WHEN part > 2 THEN bars[part - 3] END AS c
WITH m.id AS subject,
  CASE WHEN part = 0 THEN own
    WHEN part = 1 AND size(owners) > 0 THEN ['owner']
    WHEN part = 2 AND size(deciders) > 0 THEN ['next decider']
    WHEN part > 2 THEN
      [p IN coalesce(c.disputed, []) WHERE p IN ['metric', 'direction', 'threshold']]
    ELSE [] END AS about,
  CASE WHEN part = 0 THEN m.claims WHEN part > 2 THEN c.claims END AS claims,
  CASE WHEN part = 1 THEN owners WHEN part = 2 THEN deciders ELSE [] END AS said
WHERE size(about) > 0
RETURN subject, about, claims, said
ORDER BY subject
