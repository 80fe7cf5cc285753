// People whom every path to production needs
//
// Whatever route a model takes, one of its gates cannot be passed without this person: nobody
// else is entitled there, or the others are too few to agree without it. While the person is
// away, nothing of the tier goes live. Whoever may decide in the person's place is another route,
// and so is each member of a team; a committee needs somebody only at its bare quorum.
//
// code: CEN-08
// severity: 3
// cause: gate {gates}
// effect: fragile
// remedy: Entitle a second person at these gates, or let the person name in writing who decides
//   in their place.
// actor: the owners of {gates}
// needs: CAN_DECIDE, Gate.min_tier, Model.risk_tier
// among: people who are here and may decide at a gate in force, by themselves or in a body
//   MATCH (g:Gate)<-[:CAN_DECIDE]-(o)
//   WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
//     AND (g.retired_day IS NULL OR g.retired_day > $today)
//     AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
//   WITH DISTINCT o
//   WITH CASE WHEN o:Person THEN [o.id]
//     ELSE [(o)<-[s:MEMBER_OF]-(p:Person)
//       WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left'
//       | p.id] END
//   AS people
//   UNWIND people AS person
//   RETURN count(DISTINCT person) AS n
// then: on_every_path
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_models: int = 1 -- leave out whom fewer models on their way have to pass
// column decider: Person -- whom every path needs
// column gates: list of Gate -- at which gates, in their order
// column from_tier: int -- models of this tier and above cannot go live without the person
// column models: int -- how many experiments and pilots that are
// column pending: int -- how many requests wait at these gates
OPTIONAL MATCH (m:Model)
WHERE m.stage IN ['experiment', 'pilot'] AND m.risk_tier IS NOT NULL
WITH m.risk_tier AS tier, count(m) AS models
WITH collect({tier: tier, models: models}) AS ahead
MATCH (g:Gate)
WHERE g.min_tier IS NOT NULL AND g.applies_when IS NULL
  AND coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
  AND (g.retired_day IS NULL OR g.retired_day > $today)
// Once for each gate, and before there are voices: what is counted carries along what is there.
WITH g, ahead, [(g)<-[:RECUSED_FROM]-(p:Person) | p.id] AS recused,
  COUNT { (g)<-[:AT]-(a:Approval) WHERE a.status = 'pending' } AS pending
CALL (g, recused) {
  MATCH (g)<-[:CAN_DECIDE]-(o)
  WHERE NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
    AND NOT EXISTS { (o)-[:RECUSED_FROM]->(x:Gate) WHERE x.id = g.id }
  WITH g, recused, o, coalesce(o.kind, '') = 'committee' OR o.quorum IS NOT NULL
      OR coalesce(o.decision_rule, 'single') <> 'single' AS body,
    CASE WHEN o:Person THEN coalesce(o.kind, 'human') IN ['shared_mailbox', 'service']
      ELSE NOT EXISTS { (o)<-[s:MEMBER_OF]-(:Person)
        WHERE coalesce(s.role, 'member') <> 'liaison' } END AS nobody_known
  WITH g, o.id AS voice, nobody_known, recused, o:Team AND body AS committee,
    CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END AS quorum,
    CASE WHEN nobody_known THEN [] WHEN o:Person THEN [o]
      ELSE [(o)<-[s:MEMBER_OF]-(p:Person)
        WHERE coalesce(s.role, 'member') <> 'liaison'
          AND coalesce(p.status, 'unknown') <> 'left' AND NOT p.id IN recused | p] END AS people
  UNWIND CASE WHEN size(people) = 0 THEN [null] ELSE people END AS person
  WITH voice, nobody_known, committee, quorum, person.id AS who,
    CASE WHEN person IS NULL THEN false
      ELSE EXISTS { (person)-[d:DELEGATES_TO]->(q:Person)
        WHERE (coalesce(d.scope, '*') = '*' OR d.scope = g.id)
          AND (d.until_day IS NULL OR d.until_day > $today)
          AND q.id <> person.id AND coalesce(q.status, 'unknown') <> 'left'
          AND NOT q.id IN recused } END AS replaceable
  ORDER BY who
  WITH voice, nobody_known, committee, quorum, collect(who) AS people,
    collect(CASE WHEN replaceable THEN who END) AS replaceable
  ORDER BY voice
  RETURN collect({people: people, replaceable: replaceable, committee: committee,
    needed: CASE WHEN nobody_known THEN 0 ELSE quorum END}) AS voices
}
WITH g, ahead, pending, voices WHERE size(voices) > 0
RETURN g.id AS gate, g.min_tier AS min_tier,
  CASE WHEN g.quorum > 1 THEN g.quorum ELSE 1 END AS wanted, voices,
  reduce(n = 0, each IN ahead | n + CASE WHEN each.tier >= g.min_tier THEN each.models ELSE 0 END)
  AS models, pending
ORDER BY coalesce(g.seq, 0), gate
