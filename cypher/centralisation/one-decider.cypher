// One person decides more than half of a gate
//
// Most requests at this gate go over one desk. Its owner cannot be ill, on leave or wrong,
// and everyone else's pace is set by one calendar.
//
// code: CEN-02
// severity: 3
// cause: gate
// effect: fragile
// remedy: Entitle a second decider for the lowest tier, and pass half of the new requests on.
// actor: the owner of {gate}
// needs: AT, DECIDED_BY
// among: gates with enough decisions
//   MATCH (g:Gate)<-[:AT]-(a:Approval)-[d:DECIDED_BY]->()
//   WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
//   WITH g, count(d) AS decisions
//   WHERE decisions >= $min_decisions
//   RETURN count(g) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// implies: CEN-01
// parameter max_share: float = 0.5 -- more than this share is too much for one person
// parameter min_decisions: int = 20 -- with fewer decisions nothing can be said
// column decider: Person -- who decides most
// column gate: Gate -- at which gate
// column decided: int -- how many requests the person decided, or has to decide
// column decisions: int -- of how many
// column share: float -- the person's share
// column pending: int -- how many of the person's requests are pending
MATCH (g:Gate)<-[:AT]-(a:Approval)-[d:DECIDED_BY]->(o)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH g, o, count(DISTINCT a) AS decided,
  count(DISTINCT CASE WHEN a.status = 'pending' THEN a.id END) AS pending
WITH g, sum(decided) AS decisions,
  collect({who: o.id, person: o:Person, decided: decided, pending: pending}) AS deciders
WHERE decisions >= $min_decisions
UNWIND deciders AS top
WITH g, decisions, top
WHERE top.person AND top.decided * 1.0 / decisions > $max_share
RETURN top.who AS decider, g.id AS gate, top.decided AS decided, decisions,
  round(top.decided * 1.0 / decisions, 2) AS share, top.pending AS pending
ORDER BY share DESC, decider, gate
