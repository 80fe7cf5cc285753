// Gates that fewer than two people can decide
//
// One resignation, one illness, one holiday, and nothing passes here any more. A committee
// counts as safe when one more than its quorum is still here; so does any body that has a quorum
// or decides by majority or unanimously.
//
// code: CEN-03
// severity: 4
// cause: gate
// effect: fragile
// remedy: Entitle a second person at this gate this week, in writing.
// actor: the owner of {gate}
// needs: CAN_DECIDE
// among: gates in force
//   MATCH (g:Gate)
//   WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
//     AND (g.retired_day IS NULL OR g.retired_day > $today)
//   RETURN count(g) AS n
// control: NIST GOVERN 2.1; ISO 42001 5.3
// implies: CEN-02, CEN-01, CEN-08
// parameter min_able: int = 2 -- so many people must be able to decide
// column gate: Gate -- the gate
// column able: int -- how many can decide: people still here who are not recused; a committee
//   counts 1 at its quorum, and 2 with one more
// column entitled: list of Person or Team -- who is entitled, also those who are gone
// column pending: int -- how many requests wait here
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
// A body whose members nobody wrote down is one voice, like a person.
WITH g, o, body, CASE WHEN out THEN [] WHEN NOT known THEN [o.id]
  ELSE [(o)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left'
      AND NOT p.id IN recused | p.id] END AS here,
  known AND body AS counted,
  CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END AS quorum
WITH g, o.id AS who,
  CASE WHEN NOT counted OR size(here) < quorum THEN 0 WHEN size(here) = quorum THEN 1 ELSE 2 END
  AS as_body,
  CASE WHEN counted THEN [] ELSE here END AS people
ORDER BY who
WITH g, collect(who) AS entitled, sum(as_body) AS bodies, collect(people) AS groups
UNWIND groups AS people
UNWIND CASE WHEN size(people) = 0 THEN [null] ELSE people END AS person
WITH g, entitled, bodies, count(DISTINCT person) AS persons
WHERE bodies + persons < $min_able
RETURN g.id AS gate, bodies + persons AS able, entitled,
  COUNT { (g)<-[:AT]-(a:Approval) WHERE a.status = 'pending' } AS pending
ORDER BY able, pending DESC, gate
