// Gates that block models because nobody can decide them
//
// Everyone who was entitled has gone, or fewer are left than must agree. Each model that has
// to pass here stops, however good it is: whatever asks here now, and each experiment and pilot
// that must pass, by its tier or by name, and holds no valid approval.
//
// code: PTH-02
// severity: 4
// cause: gate
// effect: stopped
// remedy: Entitle somebody at this gate today, in writing; then decide the oldest request.
// actor: the owner of {gate}
// needs: CAN_DECIDE
// among: gates in force
//   MATCH (g:Gate)
//   WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
//     AND (g.retired_day IS NULL OR g.retired_day > $today)
//   RETURN count(g) AS n
// control: NIST GOVERN 2.1; NIST MANAGE 1.1; ISO 42001 5.3
// implies: CEN-03, DEC-05
// parameter min_blocked: int = 1 -- leave out gates at which fewer models are stopped
// column gate: Gate -- the gate
// column able: int -- how many can decide: people still here who are not recused
// column wanted: int -- how many must agree
// column blocked: int -- how many models it stops
// column models: list of Model -- up to ten of them, the riskiest first
// column entitled: list of Person or Team -- who was entitled
MATCH (g:Gate)
WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
  AND (g.retired_day IS NULL OR g.retired_day > $today)
OPTIONAL MATCH (g)<-[:CAN_DECIDE]-(o)
WITH g, o,
  CASE WHEN o IS NULL OR coalesce(o.status, 'unknown') IN ['left', 'archived'] THEN true
    ELSE EXISTS { (o)-[:RECUSED_FROM]->(g) } END AS out,
  CASE WHEN o IS NULL THEN false ELSE EXISTS { (o)<-[s:MEMBER_OF]-(:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison' } END AS known,
  coalesce(o.kind, '') = 'committee' OR o.quorum IS NOT NULL
    OR coalesce(o.decision_rule, 'single') <> 'single' AS body,
  [(g)<-[:RECUSED_FROM]-(p:Person) | p.id] AS recused
WITH g, o, body, CASE WHEN out THEN [] WHEN NOT known THEN [o.id]
  ELSE [(o)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left'
      AND NOT p.id IN recused | p.id] END AS here,
  known AND body AS counted,
  CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END AS quorum
// A committee that has its quorum decides as one, whatever the gate wants of single persons.
WITH g, o.id AS who,
  CASE WHEN counted AND size(here) >= quorum THEN 1 ELSE 0 END AS as_body,
  CASE WHEN counted THEN [] ELSE here END AS people
ORDER BY who
WITH g, collect(who) AS entitled, sum(as_body) AS bodies, collect(people) AS groups
UNWIND groups AS people
UNWIND CASE WHEN size(people) = 0 THEN [null] ELSE people END AS person
WITH g, entitled, bodies, count(DISTINCT person) AS persons,
  CASE WHEN g.quorum > 1 THEN g.quorum ELSE 1 END AS wanted
WHERE bodies = 0 AND persons < wanted
MATCH (m:Model)
WHERE (m.stage IN ['experiment', 'pilot']
    AND ((g.min_tier <= m.risk_tier AND g.applies_when IS NULL)
      OR EXISTS { (m)-[:SUBJECT_TO]->(g) })
    AND NOT EXISTS { (m)<-[:CONCERNS]-(a:Approval)-[:AT]->(at:Gate)
      WHERE at.id = g.id AND a.status IN ['approved', 'conditional', 'waived']
        AND (a.valid_until_day IS NULL OR a.valid_until_day >= $today)
        AND (a.version IS NULL OR m.version IS NULL OR a.version = m.version) })
  OR (coalesce(m.stage, 'unknown') <> 'retired'
    AND EXISTS { (m)<-[:CONCERNS]-(a:Approval)-[:AT]->(at:Gate)
      WHERE at.id = g.id AND a.status = 'pending' })
WITH g, entitled, persons, wanted, m ORDER BY coalesce(m.risk_tier, 0) DESC, m.id
WITH g, entitled, persons, wanted, collect(m.id) AS models
WHERE size(models) >= $min_blocked
RETURN g.id AS gate, persons AS able, wanted, size(models) AS blocked, models[0..10] AS models,
  entitled
ORDER BY blocked DESC, gate
