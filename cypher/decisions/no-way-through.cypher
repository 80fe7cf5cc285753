// Models that no allowed assignment of people takes through their gates
//
// Each gate may have somebody who can decide there, and still nobody can take this model through
// all that are left: the same person must not decide two of them, or the same must and cannot,
// those who could belong to the owner, are recused or have left, or a committee has lost its
// quorum. A standing right to let models through is a way as well. No patience helps; one change
// of who may decide what often does.
//
// code: DEC-05
// severity: 4
// cause: gate {gates}
// effect: stopped
// remedy: Make the change that is named: it is the gentlest that leaves a way through.
// actor: the owners of {gates}
// needs: CAN_DECIDE
// among: pilots, and other live models with an open request
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired' AND (m.stage = 'pilot'
//     OR EXISTS { (m)<-[:CONCERNS]-(a:Approval) WHERE a.status IN ['pending', 'returned'] })
//   RETURN count(m) AS n
// then: models_without_a_way_through
// control: NIST GOVERN 2.1; ISO 42001 5.3
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// parameter model: text = "" -- this model alone, by its id, at whatever stage it is
// column model: Model -- the model that cannot get through
// column why: text -- the fewest gates and rules that cannot hold together
// column change: text -- what alone would free it, the gentlest first
// column gates: list of Gate -- the gates that cannot be passed, or not together
// column ahead: list of Gate -- all gates that are left, the first first
// column entitled: list of Person or Team -- who may decide at the gates that cannot be passed
// column severity: int -- 4; 1 where it took too long to tell
CALL () {
  // The gates in force, who is entitled there, and which rules tie them.
  MATCH (g:Gate)
  WHERE (coalesce(g.described, true) OR $model <> '') AND coalesce(g.since_day, $today) <= $today
    AND (g.retired_day IS NULL OR g.retired_day > $today)
  RETURN 'gate' AS part, g.id AS id, {name: g.name, seq: g.seq, quorum: g.quorum,
    independence: g.independence,
    entitled: [(g)<-[:CAN_DECIDE]-(o) | o.id],
    recused: [(g)<-[:RECUSED_FROM]-(p:Person) | p.id],
    separate: [(g)-[:SEPARATE_FROM]-(h:Gate) | h.id],
    same: [(g)-[:SAME_AS]-(h:Gate) | h.id]} AS facts
  UNION ALL
  // Who is entitled anywhere: a person, a team, or a body that decides as one.
  MATCH (:Gate)<-[:CAN_DECIDE]-(o)
  WITH DISTINCT o
  RETURN 'entitled' AS part, o.id AS id, {name: o.name, status: o.status, quorum: o.quorum,
    body: coalesce(o.kind, '') = 'committee' OR o.quorum IS NOT NULL
      OR coalesce(o.decision_rule, 'single') <> 'single',
    team: o:Team,
    members: CASE WHEN o:Team THEN [(o)<-[s:MEMBER_OF]-(p:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' | p.id] ELSE [] END} AS facts
  UNION ALL
  // The people behind them: where they sit, and who may decide in their place.
  MATCH (:Gate)<-[:CAN_DECIDE]-(o)
  WITH DISTINCT o
  UNWIND CASE WHEN o:Person THEN [o] ELSE [(o)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison' | p] END AS p
  WITH DISTINCT p
  UNWIND [p] + [(p)-[:DELEGATES_TO]->(deputy:Person) | deputy] AS person
  WITH DISTINCT person
  RETURN 'person' AS part, person.id AS id, {name: person.name, status: person.status,
    teams: [(person)-[sits:MEMBER_OF]->(t:Team)
      WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
      | t.id],
    deputies: [(person)-[d:DELEGATES_TO]->(deputy:Person)
      WHERE d.until_day IS NULL OR d.until_day > $today
      | [deputy.id, coalesce(d.scope, '*')]]} AS facts
  UNION ALL
  // The models on their way; those that stand alike are one row.
  MATCH (g:Gate)
  WHERE (coalesce(g.described, true) OR $model <> '') AND coalesce(g.since_day, $today) <= $today
    AND (g.retired_day IS NULL OR g.retired_day > $today)
  WITH g ORDER BY coalesce(g.seq, 0), g.id
  WITH collect({id: g.id, since: g.since_day,
      tier: CASE WHEN g.applies_when IS NULL THEN g.min_tier END}) AS gates,
    collect(CASE WHEN EXISTS { (g)-[:SEPARATE_FROM]-() } OR EXISTS { (g)-[:SAME_AS]-() }
      THEN g.id END) AS tied
  MATCH (m:Model)
  WHERE CASE WHEN $model <> '' THEN m.id = $model
    ELSE coalesce(m.stage, 'unknown') <> 'retired' AND (m.stage = 'pilot'
      OR EXISTS { (m)<-[:CONCERNS]-(a:Approval) WHERE a.status IN ['pending', 'returned'] }) END
  WITH gates, tied, m,
    [(m)-[:SUBJECT_TO]->(g:Gate) | g.id] AS subject,
    [(m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
      WHERE a.status IN ['pending', 'returned'] | g.id] AS waiting,
    [(m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
      WHERE a.status IN ['approved', 'conditional', 'waived']
        AND (a.valid_until_day IS NULL OR a.valid_until_day >= $today)
        AND (a.version IS NULL OR m.version IS NULL OR a.version = m.version) | g.id] AS passed
  WITH m, tied, waiting, passed, [g IN gates WHERE g.id IN waiting
    OR ((g.tier <= m.risk_tier OR g.id IN subject) AND (coalesce(m.stage, 'unknown') <> 'production'
      OR g.since IS NULL OR g.since <= m.stage_day)) | g.id] AS wanted
  WITH m, tied, wanted, [g IN wanted WHERE g IN waiting OR NOT g IN passed] AS ahead
  WHERE size(ahead) > 0 OR m.id = $model
  WITH m, ahead, CASE WHEN m.id = $model THEN wanted ELSE [] END AS wanted,
    // Those who must not decide where independence is asked for.
    [(m)<-[claim:OWNS]-(o) WHERE coalesce(claim.confidence, 1.0) >= $min_confidence
      AND ((o:Team AND claim.role = 'accountable' AND coalesce(o.kind, 'team') <> 'group')
        OR (o:Person AND NOT coalesce(claim.role, 'accountable') IN ['risk', 'oversight']))
      | o.id] AS owners,
    [(m)<-[:RECUSED_FROM]-(p:Person) | p.id] AS recused,
    CASE WHEN size(tied) = 0 THEN [] ELSE [(m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
      WHERE g.id IN tied AND a.status IN ['approved', 'conditional', 'waived']
        AND (a.valid_until_day IS NULL OR a.valid_until_day >= $today)
        AND (a.version IS NULL OR m.version IS NULL OR a.version = m.version)
      | [g.id, [(a)-[d:DECIDED_BY]->(p:Person)
          WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] | p.id],
        [(a)-[d:DECIDED_BY]->(t:Team)
          WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] | t.id]]] END AS decided,
    // Every request by itself where one model is asked about.
    CASE WHEN m.id = $model THEN [(m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
      | [g.id, a.id, a.status, a.version, a.requested_day, a.decided_day, a.valid_until_day,
        [(a)-[d:DECIDED_BY]->(o)
          WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] | o.id]]] ELSE [] END AS requests
  WITH m, ahead, wanted, owners, recused, decided, requests ORDER BY m.id
  WITH ahead, wanted, owners, recused, decided, requests, collect(m.id) AS models
  RETURN 'models' AS part, models[0] AS id, {ahead: ahead, wanted: wanted, owners: owners,
    recused: recused, decided: decided, requests: requests, models: models} AS facts
  UNION ALL
  // Standing rights to let models through, everywhere or about something. Of each
  // party how many of its people are needed and who of them is here; none of one nobody knows.
  MATCH (k:Decision)-[part:NEEDS]->(o)
  WHERE k.kind = 'promote' AND k.status IS NULL
    AND coalesce(part.role, 'decide') IN ['decide', 'agree']
  WITH DISTINCT k, coalesce(part.role, 'decide') AS role, o
  WITH k, role, o.id AS who, [o.id,
    CASE WHEN o:Person OR coalesce(o.status, 'unknown') = 'archived' THEN 1
      WHEN NOT EXISTS { (o)<-[s:MEMBER_OF]-(:Person)
        WHERE coalesce(s.role, 'member') <> 'liaison' } THEN 0
      WHEN o.quorum > 1 THEN o.quorum ELSE 1 END,
    CASE WHEN coalesce(o.status, 'unknown') IN ['left', 'archived'] THEN []
      WHEN o:Person THEN [o.id]
      ELSE [(o)<-[s:MEMBER_OF]-(p:Person) WHERE coalesce(s.role, 'member') <> 'liaison'
        AND coalesce(p.status, 'unknown') <> 'left' | p.id] END,
    o:Team,
    [(o)-[sits:MEMBER_OF]->(t:Team) WHERE coalesce(sits.role, 'member') <> 'liaison'
      AND NOT coalesce(t.kind, 'team') IN ['group', 'committee'] | t.id]] AS party
  ORDER BY who
  WITH k, collect(CASE WHEN role = 'decide' THEN party END) AS deciders,
    collect(CASE WHEN role = 'agree' THEN party END) AS consents
  WHERE size(deciders) > 0
  RETURN 'right' AS part, k.id AS id, {kind: k.kind, rule: k.rule,
    quorum: k.quorum, deciders: deciders, consents: consents,
    about: [(k)-[:ABOUT]->(x) | x.id],
    served: [(k)-[:ABOUT]->(:UseCase)<-[:SERVES]-(m:Model) | m.id]} AS facts
  UNION ALL
  // The line above each team: of several who hold a right, the upper decides.
  MATCH (k:Decision)
  WHERE k.kind = 'promote' AND k.status IS NULL
  WITH count(k) AS rights
  WHERE rights > 0
  MATCH (t:Team)
  RETURN 'team' AS part, t.id AS id, {name: t.name, status: t.status,
    above: [(t)-[:PART_OF]->(u:Team) | u.id], leads: []} AS facts
}
RETURN part, id, facts
ORDER BY part, id
