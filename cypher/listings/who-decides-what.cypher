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
CALL () {
  // The rights as used, then the rights as written.
  MATCH (g:Gate)<-[:AT]-(a:Approval)-[d:DECIDED_BY]->(o)
  WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
  WITH g, o, count(DISTINCT a) AS asked,
    count(DISTINCT CASE WHEN a.status IN ['pending', 'returned'] THEN a.id END) AS pending
  RETURN g, o, 0 AS rights, asked - pending AS decided, pending
  UNION ALL
  MATCH (g:Gate)<-[:CAN_DECIDE]-(o)
  RETURN g, o, 1 AS rights, 0 AS decided, 0 AS pending
}
WITH g, o, max(rights) = 1 AS entitled, sum(decided) AS decided, sum(pending) AS pending
RETURN g.id AS gate, o.id AS decider, entitled,
  NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] AS here,
  CASE WHEN o:Team
    THEN COUNT { (o)<-[:MEMBER_OF]-(p:Person) WHERE coalesce(p.status, 'unknown') <> 'left' } END
  AS members_here, decided, pending
ORDER BY gate, decider
