// Who decides what
//
// For each gate everyone who may decide there, whether they are still here, and how often they
// did: the rights as written, beside the rights as used. Who decides without being entitled is
// shown as well.
//
// code: LST-03
// severity: info
// needs: AT
// among: gates
//   MATCH (g:Gate) RETURN count(g) AS n
// control: NIST GOVERN 2.1; ISO 42001 5.3
// column gate: Gate -- the gate
// column decider: Person or Team -- who may decide there, or does
// column entitled: bool -- whether that is written down
// column here: bool -- false where the person has left, or the team was dissolved
// column members_here: int -- for a team, how many of its people are still here
// column decided: int -- how many requests it has decided
// column pending: int -- how many lie before it
MATCH (g:Gate)
OPTIONAL MATCH (g)<-[:CAN_DECIDE]-(o)
WITH g, collect(DISTINCT o) AS entitled
OPTIONAL MATCH (g)<-[:AT]-(a:Approval)-[d:DECIDED_BY]->(o)
WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH g, entitled, o,
  count(DISTINCT CASE WHEN a.status IN ['pending', 'returned'] THEN a.id END) AS pending,
  count(DISTINCT a) AS asked
WITH g, [each IN entitled | each.id] AS rights, entitled,
  collect(CASE WHEN o IS NOT NULL
    THEN {id: o.id, who: o, decided: asked - pending, pending: pending} END) AS used
WITH g, rights, used, entitled, [each IN used | each.id] AS active
UNWIND used + [each IN entitled WHERE NOT each.id IN active
  | {id: each.id, who: each, decided: 0, pending: 0}] AS row
WITH g, rights, row.who AS o, row.decided AS decided, row.pending AS pending
RETURN g.id AS gate, o.id AS decider, o.id IN rights AS entitled,
  NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] AS here,
  CASE WHEN o:Team
    THEN COUNT { (o)<-[:MEMBER_OF]-(p:Person) WHERE coalesce(p.status, 'unknown') <> 'left' } END
  AS members_here, decided, pending
ORDER BY gate, decider
