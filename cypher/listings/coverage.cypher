// What of the data is there, and how fresh it is
//
// What is not written down is not found. For each thing that questions rest on, of how many it is
// known, and how old that is where it bears a day: the newest, and the one of which half are older.
// The largest gaps come first. `ownership-graph doctor` tells how long ago each source was imported.
//
// code: LST-09
// severity: info
// needs: Model or Person or Team or Gate or Approval
// then: coverage
// control: NIST GOVERN 1.6; NIST GOVERN 1.5
// parameter max_known: float = 1.0 -- leave out what is known of a larger share
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column kind: text -- models, gates, requests, teams or people: those that are not retired, dissolved
//   or gone
// column what: text -- what should be known of each
// column known: int -- of how many it is
// column things: int -- of how many it should be
// column share: float -- known of things
// column newest_days: int -- how old the newest is, where it bears a day
// column median_days: int -- half of them are so old, or older
CALL () {
  MATCH (m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired'
  WITH count(m) AS things,
    sum(CASE WHEN coalesce(m.stage, 'unknown') <> 'unknown' THEN 1 ELSE 0 END) AS staged,
    collect(CASE WHEN coalesce(m.stage, 'unknown') <> 'unknown' THEN m.stage_day END) AS stage_days,
    sum(CASE WHEN m.risk_tier IS NOT NULL THEN 1 ELSE 0 END) AS classified,
    collect(CASE WHEN m.risk_tier IS NOT NULL THEN m.classified_day END) AS tier_days,
    sum(CASE WHEN m.autonomy IS NOT NULL THEN 1 ELSE 0 END) AS acting,
    sum(CASE WHEN EXISTS { (m)-[:DEPENDS_ON]->() } THEN 1 ELSE 0 END) AS standing,
    sum(CASE WHEN EXISTS { (m)-[:SERVES]->() } THEN 1 ELSE 0 END) AS serving
  UNWIND [{what: 'things', known: things, days: []},
    {what: 'its stage', known: staged, days: stage_days},
    {what: 'its risk tier', known: classified, days: tier_days},
    {what: 'how freely it acts', known: acting, days: []},
    {what: 'what it stands on', known: standing, days: []},
    {what: 'what it is for', known: serving, days: []}] AS part
  RETURN 'models' AS kind, part.what AS what, part.known AS known, part.days AS days
  UNION ALL
  MATCH (o)-[claim:OWNS]->(m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired' AND claim.role = 'accountable'
    AND coalesce(claim.confidence, 1.0) >= $min_confidence
  WITH m.id AS model, max(coalesce(claim.confirmed_day, claim.since_day)) AS day
  WITH count(model) AS known, collect(day) AS days
  RETURN 'models' AS kind, 'who answers for it' AS what, known, days
  UNION ALL
  MATCH (m:Model)-[j:JUDGED_BY]->(c:Criterion)
  WHERE coalesce(m.stage, 'unknown') <> 'retired' AND j.status = 'agreed'
    AND (j.until_day IS NULL OR j.until_day > $today)
  WITH m.id AS model, max(j.since_day) AS day
  WITH count(model) AS known, collect(day) AS days
  RETURN 'models' AS kind, 'an agreed bar of its own' AS what, known, days
  UNION ALL
  MATCH (r:Result)-[:MEASURES]->(m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired'
  WITH m.id AS model, max(r.day) AS day
  WITH count(model) AS known, collect(day) AS days
  RETURN 'models' AS kind, 'what was measured of it' AS what, known, days
  UNION ALL
  MATCH (g:Gate)
  WHERE g.retired_day IS NULL OR g.retired_day > $today
  WITH count(g) AS things,
    sum(CASE WHEN EXISTS { (g)<-[:CAN_DECIDE]-() } THEN 1 ELSE 0 END) AS entitled,
    sum(CASE WHEN EXISTS { (g)<-[:OWNS]-() } THEN 1 ELSE 0 END) AS owned,
    sum(CASE WHEN g.sla_days IS NOT NULL THEN 1 ELSE 0 END) AS promised,
    collect(g.reviewed_day) AS reviewed
  UNWIND [{what: 'things', known: things, days: []},
    {what: 'who may decide there', known: entitled, days: []},
    {what: 'who owns its rule', known: owned, days: []},
    {what: 'how many days it promises', known: promised, days: []},
    {what: 'when its rule was reviewed', known: size(reviewed), days: reviewed}] AS part
  RETURN 'gates' AS kind, part.what AS what, part.known AS known, part.days AS days
  UNION ALL
  MATCH (a:Approval)
  WITH count(a) AS things, collect(a.requested_day) AS asked,
    sum(CASE WHEN EXISTS { (a)-[:DECIDED_BY]->() } THEN 1 ELSE 0 END) AS deciders,
    sum(CASE WHEN EXISTS { (a)-[:AT]->() } THEN 1 ELSE 0 END) AS gates
  UNWIND [{what: 'things', known: things, days: []},
    {what: 'when it was asked for', known: size(asked), days: asked},
    {what: 'who decides it', known: deciders, days: []},
    {what: 'at which gate it stands', known: gates, days: []}] AS part
  RETURN 'requests' AS kind, part.what AS what, part.known AS known, part.days AS days
  UNION ALL
  MATCH (t:Team)
  WHERE coalesce(t.status, 'unknown') <> 'archived'
    AND NOT coalesce(t.kind, 'team') IN ['group', 'vendor', 'agency']
  WITH count(t) AS things,
    sum(CASE WHEN EXISTS { (t)<-[:MEMBER_OF]-() } THEN 1 ELSE 0 END) AS seats,
    sum(CASE WHEN EXISTS { (t)<-[s:MEMBER_OF]-() WHERE s.role = 'lead' } THEN 1 ELSE 0 END) AS led,
    sum(CASE WHEN EXISTS { (t)-[:PART_OF]->() } THEN 1 ELSE 0 END) AS parts,
    sum(CASE WHEN t.risk_appetite IS NOT NULL THEN 1 ELSE 0 END) AS appetites,
    sum(CASE WHEN EXISTS { (t)-[:REWARDED_BY]->() } THEN 1 ELSE 0 END) AS rewards
  UNWIND [{what: 'things', known: things}, {what: 'who sits in it', known: seats},
    {what: 'who leads it', known: led}, {what: 'what it is part of', known: parts},
    {what: 'its appetite for risk', known: appetites},
    {what: 'what it is rewarded for', known: rewards}] AS part
  RETURN 'teams' AS kind, part.what AS what, part.known AS known, [] AS days
  UNION ALL
  MATCH (p:Person)
  WHERE coalesce(p.kind, 'human') = 'human' AND coalesce(p.status, 'unknown') <> 'left'
  WITH count(p) AS things,
    sum(CASE WHEN p.status = 'active' THEN 1 ELSE 0 END) AS here,
    sum(CASE WHEN EXISTS { (p)-[:REPORTS_TO]->() } THEN 1 ELSE 0 END) AS reporting,
    sum(CASE WHEN EXISTS { (p)-[:MEMBER_OF]->() } THEN 1 ELSE 0 END) AS seated
  UNWIND [{what: 'things', known: things}, {what: 'whether they are still here', known: here},
    {what: 'to whom they report', known: reporting},
    {what: 'in which team they sit', known: seated}] AS part
  RETURN 'people' AS kind, part.what AS what, part.known AS known, [] AS days
}
RETURN kind, what, known, days
ORDER BY kind, what
