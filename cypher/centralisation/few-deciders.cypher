// Gates where few decide most
//
// On paper many are entitled, in fact a few decide nearly everything. The gate is as fast as
// their calendars, it stops when they are away, and the rest never learn to decide. A small
// pool is always concentrated, and a committee is not a person: both weigh less here.
//
// code: CEN-01
// severity: 3
// cause: gate
// effect: fragile
// remedy: Let two more of those entitled decide the next requests of the lowest tier.
// actor: the owner of {gate}
// needs: AT, DECIDED_BY
// among: gates with enough decisions
//   MATCH (g:Gate)<-[:AT]-(a:Approval)-[d:DECIDED_BY]->()
//   WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
//   WITH g, count(d) AS decisions
//   WHERE decisions >= $min_decisions
//   RETURN count(g) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter concentration: float = 0.18 -- Herfindahl index above which few decide most; 0.10 is
//   worth watching (bands of the US Merger Guidelines 2023, an analogy)
// parameter min_decisions: int = 20 -- with fewer decisions nothing can be said
// column gate: Gate -- the gate
// column effective_deciders: float -- as if so many had decided equally often
// column entitled: int -- how many people who are here may decide, where that is written down
// column decisions: int -- how many requests were decided, or lie before somebody
// column deciders: list of Person or Team -- who decided, most often first
// column severity: int -- 1 where a committee decides most or fewer than six are entitled, else 3
MATCH (g:Gate)<-[:AT]-(a:Approval)-[d:DECIDED_BY]->(o)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH g, o, count(DISTINCT a) AS decided ORDER BY decided DESC, o.id
WITH g, sum(decided) AS decisions, sum(decided * decided) AS squares,
  collect(o.id) AS deciders, collect(coalesce(o.kind, '')) AS kinds
WHERE decisions >= $min_decisions
  AND squares * 1.0 / (decisions * decisions) > $concentration
OPTIONAL MATCH (g)<-[:CAN_DECIDE]-(e)
WHERE NOT coalesce(e.status, 'unknown') IN ['left', 'archived']
WITH g, decisions, squares, deciders, kinds,
  CASE WHEN e IS NULL THEN []
    WHEN NOT EXISTS { (e)<-[s:MEMBER_OF]-(:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' } THEN [e.id]
    ELSE [(e)<-[s:MEMBER_OF]-(p:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left'
      | p.id]
  END AS people
UNWIND CASE WHEN size(people) = 0 THEN [null] ELSE people END AS person
WITH g, decisions, squares, deciders, kinds, count(DISTINCT person) AS entitled
RETURN g.id AS gate, round(decisions * decisions * 1.0 / squares, 1) AS effective_deciders,
  CASE WHEN entitled > 0 THEN entitled END AS entitled, decisions, deciders,
  CASE WHEN kinds[0] = 'committee' OR (entitled > 0 AND entitled < 6) THEN 1 ELSE 3 END AS severity
ORDER BY severity DESC, effective_deciders, gate
