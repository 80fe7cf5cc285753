// Decisions that are due and that nobody can make
//
// No register holds most decisions; they follow from where things stand. What is not live has to
// be let through its gates, what is live may have to be stopped, rolled back, retired, or its risk
// accepted; rival metrics and rival pilots have to be settled, and gates changed. Impossible is
// what nobody can decide who is named and here; contested what several may, without a rule and
// without a common superior; what has one escalates: it can only be settled on that desk.
//
// code: DEC-09
// severity: 4
// cause: decider {behind}
// effect: stopped
// remedy: Name who decides the first of these, in writing; where several claim it, write down
//   which of them decides what.
// actor: the owner of {behind: what stands behind it}, else the superior of
//   {deciders: those who decide}
// needs: CAN_DECIDE or OWNS role accountable
// then: implied_decisions
// control: NIST GOVERN 2.1; NIST MANAGE 1.1; ISO 42001 5.3
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// parameter contested_days: int = 60 -- metrics proposed more recently are still being discussed
// parameter model: text = "" -- what concerns this model alone, by its id
// column behind: Gate or UseCase or Person or Team or Approval -- what stands behind them: where
//   nobody can decide, who has gone or claims it, on whose desk it ends; blank if nobody is named
// column rival: Person or Team -- who else claims it
// column why: text -- the cause in words
// column state: text -- impossible, contested or escalates
// column decisions: int -- how many decisions these are
// column kinds: list of text -- of which kinds
// column models: list of Model -- up to ten of the models that they are about
// column deciders: list of Person or Team -- up to ten of those who are named to decide
// column severity: int -- 4 for what is impossible, 3 for what is contested, 2 for what escalates
CALL () {
  // The gates in force, who is entitled there, and who owns them.
  MATCH (g:Gate)
  WHERE (coalesce(g.described, true) OR $model <> '') AND coalesce(g.since_day, $today) <= $today
    AND (g.retired_day IS NULL OR g.retired_day > $today)
  RETURN 'gate' AS part, g.id AS id, {name: g.name, seq: g.seq, quorum: g.quorum,
    independence: g.independence,
    entitled: [(g)<-[:CAN_DECIDE]-(o) | o.id],
    recused: [(g)<-[:RECUSED_FROM]-(p:Person) | p.id],
    separate: [], same: [],
    owners: [(g)<-[claim:OWNS]-(o)
      WHERE coalesce(claim.role, 'accountable') = 'accountable'
        AND coalesce(claim.confidence, 1.0) >= $min_confidence | o.id]} AS facts
  UNION ALL
  // Who is entitled anywhere, and the people behind them.
  MATCH (:Gate)<-[:CAN_DECIDE]-(o)
  WITH DISTINCT o
  RETURN 'entitled' AS part, o.id AS id, {name: o.name, status: o.status, quorum: o.quorum,
    body: coalesce(o.kind, '') = 'committee' OR o.quorum IS NOT NULL
      OR coalesce(o.decision_rule, 'single') <> 'single',
    team: o:Team,
    members: CASE WHEN o:Team THEN [(o)<-[s:MEMBER_OF]-(p:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' | p.id] ELSE [] END} AS facts
  UNION ALL
  MATCH (:Gate)<-[:CAN_DECIDE]-(o)
  WITH DISTINCT o
  UNWIND CASE WHEN o:Person THEN [o] ELSE [(o)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison' | p] END AS person
  WITH DISTINCT person
  RETURN 'person' AS part, person.id AS id, {name: person.name, status: person.status, teams: [],
    deputies: []} AS facts
  UNION ALL
  // The gates that live models still have to pass; models that stand alike are one row.
  MATCH (g:Gate)
  WHERE (coalesce(g.described, true) OR $model <> '') AND coalesce(g.since_day, $today) <= $today
    AND (g.retired_day IS NULL OR g.retired_day > $today)
  WITH g ORDER BY coalesce(g.seq, 0), g.id
  WITH collect({id: g.id, since: g.since_day,
    tier: CASE WHEN g.applies_when IS NULL THEN g.min_tier END}) AS gates
  // Most models are named at no gate; for those only the gates of a tier are looked at.
  WITH gates, [g IN gates WHERE g.tier IS NOT NULL] AS tiered
  MATCH (m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired' AND $model IN ['', m.id]
  WITH gates, tiered, m,
    [(m)-[:SUBJECT_TO]->(g:Gate) | g.id] AS subject,
    [(m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
      WHERE a.status IN ['pending', 'returned'] | g.id] AS waiting,
    [(m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
      WHERE a.status IN ['approved', 'conditional', 'waived']
        AND (a.valid_until_day IS NULL OR a.valid_until_day >= $today)
        AND (a.version IS NULL OR m.version IS NULL OR a.version = m.version) | g.id] AS passed
  WHERE m.stage IN ['idea', 'experiment', 'pilot', 'production'] OR size(waiting) > 0
  WITH m, [g IN CASE WHEN size(subject) + size(waiting) > 0 THEN gates ELSE tiered END
    WHERE g.id IN waiting
    OR ((g.tier <= m.risk_tier OR g.id IN subject) AND NOT g.id IN passed
      AND (coalesce(m.stage, 'unknown') <> 'production'
        OR g.since IS NULL OR g.since <= m.stage_day)) | g.id] AS ahead
  WHERE size(ahead) > 0
  WITH ahead, [(m)<-[:RECUSED_FROM]-(p:Person) | p.id] AS recused, m ORDER BY m.id
  WITH ahead, recused, collect(m.id) AS models
  RETURN 'promoting' AS part, models[0] AS id,
    {ahead: ahead, recused: recused, models: models} AS facts
  UNION ALL
  // Live models by who answers for them, and for which part.
  MATCH (m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired' AND $model IN ['', m.id]
  WITH m, [(m)<-[claim:OWNS]-(o) WHERE claim.role = 'accountable'
    AND coalesce(claim.confidence, 1.0) >= $min_confidence
    | [o.id, coalesce(claim.scope, '')]] AS owners
  ORDER BY m.id
  WITH owners, collect(m.id) AS models
  RETURN 'answering' AS part, models[0] AS id, {owners: owners, models: models} AS facts
  UNION ALL
  // Everyone who answers for a model, a gate or a use case, and whether they are here.
  MATCH (o)-[claim:OWNS]->(x)
  WHERE (x:Model OR x:Gate OR x:UseCase) AND coalesce(claim.role, 'accountable') = 'accountable'
  WITH DISTINCT o
  RETURN 'owner' AS part, o.id AS id, {team: o:Team,
    gone: CASE WHEN coalesce(o.status, 'unknown') IN ['left', 'archived'] THEN true
      WHEN NOT EXISTS { (o)<-[s:MEMBER_OF]-(:Person)
        WHERE coalesce(s.role, 'member') <> 'liaison' } THEN false
      ELSE COUNT { (o)<-[s:MEMBER_OF]-(p:Person)
        WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left' }
        < CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END END,
    teams: CASE WHEN o:Team THEN [] ELSE [(o)-[sits:MEMBER_OF]->(t:Team)
      WHERE coalesce(sits.role, 'member') <> 'liaison'
        AND NOT coalesce(t.kind, 'team') IN ['group', 'committee'] | t.id] END} AS facts
  UNION ALL
  // What is recorded at all: where nothing is, nobody can be missed.
  UNWIND ['known'] AS part
  RETURN part, '' AS id, {
    models: EXISTS { (:Model)<-[claim:OWNS]-() WHERE claim.role = 'accountable' },
    gates: EXISTS { (:Gate)<-[:OWNS]-() },
    use_cases: EXISTS { (:UseCase)<-[:OWNS]-() }} AS facts
  UNION ALL
  // The line above each team, and who leads it.
  MATCH (t:Team)
  RETURN 'team' AS part, t.id AS id, {name: t.name, status: t.status,
    above: [(t)-[:PART_OF]->(u:Team) | u.id],
    leads: [(t)<-[sits:MEMBER_OF]-(p:Person)
      WHERE sits.role = 'lead' AND coalesce(p.status, 'unknown') <> 'left' | p.id]} AS facts
  UNION ALL
  // Whom those report to who manage others, lead a team or own something.
  MATCH (p:Person)-[:REPORTS_TO]->(above:Person)
  WHERE EXISTS { (p)<-[:REPORTS_TO]-(:Person) } OR EXISTS { (p)-[:OWNS]->() }
    OR EXISTS { (p)-[sits:MEMBER_OF]->(:Team) WHERE sits.role = 'lead' }
  WITH p, above.id AS manager, coalesce(above.status, 'unknown') = 'left' AS gone
  ORDER BY manager
  WITH p, collect([manager, gone]) AS above
  RETURN 'manager' AS part, p.id AS id, {above: above} AS facts
  UNION ALL
  // Use cases with rival pilots, and who owns those.
  MATCH (u:UseCase)<-[:SERVES]-(m:Model)
  WHERE m.stage = 'pilot'
  WITH u, m ORDER BY m.id
  WITH u, collect(DISTINCT m) AS pilots
  WHERE size(pilots) >= 2 AND ($model = '' OR any(m IN pilots WHERE m.id = $model))
  UNWIND pilots AS m
  OPTIONAL MATCH (m)<-[claim:OWNS]-(o)
  WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  WITH u, m.id AS model, o.id AS owner ORDER BY model, owner
  WITH u, collect(DISTINCT model) AS models, collect(DISTINCT owner) AS teams
  RETURN 'merging' AS part, u.id AS id, {models: models, teams: teams,
    owners: [(u)<-[claim:OWNS]-(o) WHERE coalesce(claim.role, 'accountable') = 'accountable'
      AND coalesce(claim.confidence, 1.0) >= $min_confidence | o.id]} AS facts
  UNION ALL
  // Models whose rival metrics nobody has agreed on, with the first gate that judges them.
  MATCH (g:Gate)
  WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
    AND (g.retired_day IS NULL OR g.retired_day > $today)
  WITH g ORDER BY coalesce(g.seq, 0), g.id
  WITH collect({id: g.id, tier: CASE WHEN g.applies_when IS NULL THEN g.min_tier END}) AS gates
  MATCH (m:Model)-[j:JUDGED_BY]->(c:Criterion)
  WHERE coalesce(m.stage, 'unknown') <> 'retired' AND $model IN ['', m.id]
    AND j.status = 'proposed' AND (j.until_day IS NULL OR j.until_day > $today)
    AND c.dimension IS NOT NULL AND c.metric IS NOT NULL
  WITH gates, m, c.dimension AS dimension,
    count(DISTINCT c.metric) AS metrics, min(j.since_day) AS since
  WHERE metrics >= 2 AND $today - since > $contested_days
    AND NOT EXISTS { (m)-[k:JUDGED_BY]->(agreed:Criterion)
      WHERE k.status = 'agreed' AND (k.until_day IS NULL OR k.until_day > $today)
        AND agreed.dimension = dimension }
    AND NOT EXISTS { (m)-[:SERVES]->(:UseCase)-[k:JUDGED_BY]->(agreed:Criterion)
      WHERE k.status = 'agreed' AND (k.until_day IS NULL OR k.until_day > $today)
        AND agreed.dimension = dimension }
  WITH DISTINCT gates, m
  WITH m, gates, [(m)-[:SUBJECT_TO]->(g:Gate) | g.id] AS subject
  RETURN 'metric' AS part, m.id AS id, {
    gates: [g IN gates WHERE g.tier <= m.risk_tier OR g.id IN subject | g.id],
    owners: [(m)<-[claim:OWNS]-(o) WHERE claim.role = 'accountable'
      AND coalesce(claim.confidence, 1.0) >= $min_confidence
      | [o.id, coalesce(claim.scope, '')]]} AS facts
  UNION ALL
  // Use cases that money can be given to.
  MATCH (u:UseCase)<-[:SERVES]-(m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired'
  WITH u, m.id AS model ORDER BY model
  WITH u, collect(DISTINCT model) AS models
  WHERE $model = '' OR $model IN models
  RETURN 'funding' AS part, u.id AS id, {models: models} AS facts
  UNION ALL
  // Standing rights: who decides what kind of decision, everywhere or about something. Of each
  // party how many of its people are needed and who of them is here; none of one nobody knows.
  MATCH (k:Decision)-[part:NEEDS]->(o)
  WHERE k.status IS NULL AND coalesce(part.role, 'decide') IN ['decide', 'agree']
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
  // What is recorded and open is asked about elsewhere, and not implied once more.
  MATCH (k:Decision)-[:ABOUT]->(x)
  WHERE k.status = 'open'
  WITH k, x.id AS about ORDER BY about
  WITH k, collect(DISTINCT about) AS about
  RETURN 'recorded' AS part, k.id AS id, {kind: k.kind, about: about} AS facts
  UNION ALL
  // Requests that wait for others.
  MATCH (a:Approval)-[:AFTER]->(b:Approval)
  WHERE a.status IN ['pending', 'returned'] AND b.status IN ['pending', 'returned']
    AND a.id <> b.id
  WITH a, b.id AS other ORDER BY other
  WITH a, collect(DISTINCT other) AS others
  RETURN 'waiting' AS part, a.id AS id, {others: others,
    gates: [(a)-[:AT]->(g:Gate) | g.id], models: [(a)-[:CONCERNS]->(m:Model) | m.id]} AS facts
}
RETURN part, id, facts
ORDER BY part, id
