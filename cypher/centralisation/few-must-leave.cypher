// Half of all decisions hang on very few people
//
// When these few have left, more than half of what was decided of late has nobody left who decided
// such a thing. They cannot be ill together, and nobody else has learned to decide. A committee is
// there while it has its quorum; a mailbox, or a body whose members nobody wrote down, is no person
// and does not leave.
//
// code: CEN-07
// severity: 3
// cause: decider {people}
// effect: fragile
// remedy: Name a second decider for what each of them decides most, and let both decide together
//   for a month.
// actor: the superior of {people}
// needs: DECIDED_BY, Approval.decided_day
// among: decisions of late whose decider is known
//   MATCH (a:Approval)
//   WHERE a.decided_day >= $today - $recent_days AND a.decided_day <= $today
//     AND NOT coalesce(a.status, 'unknown') IN ['pending', 'returned', 'withdrawn']
//     AND NOT EXISTS { (a)-[:AT]->(g:Gate) WHERE g.retired_day <= $today }
//     AND EXISTS { (a)-[d:DECIDED_BY]->() WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] }
//   RETURN count(a) AS n
// then: few_must_leave
// control: NIST GOVERN 2.1; NIST GOVERN 2.3
// parameter max_people: int = 2 -- so few, or fewer, are too few (truck factor, Avelino 2016)
// parameter min_decisions: int = 20 -- with fewer decisions nothing can be said
// parameter recent_days: int = 365 -- decisions of so many days count
// column must_leave: int -- how few must leave; 0 where more than half has no decider already
// column people: list of Person -- who they are, by id
// column decisions: int -- how many decisions
// column undecided: int -- how many of them have no decider without these people
// column deciders: int -- how many people who are here decided, themselves or in a body
// column on_paper: int -- how many must leave if everyone who is entitled at the gates decided too;
//   blank where even then it is not people alone who decide
// column severity: int -- 1 where more would be able on paper, or fewer than six decide at all; else 3
CALL () {
  MATCH (a:Approval)-[d:DECIDED_BY]->(o)
  WHERE a.decided_day >= $today - $recent_days AND a.decided_day <= $today
    AND NOT coalesce(a.status, 'unknown') IN ['pending', 'returned', 'withdrawn']
    AND coalesce(d.role, 'decide') IN ['decide', 'agree']
    AND NOT EXISTS { (a)-[:AT]->(g:Gate) WHERE g.retired_day <= $today }
  OPTIONAL MATCH (a)-[:AT]->(g:Gate)
  RETURN DISTINCT o, a.id AS request, g.id AS gate, g.quorum AS quorum
  UNION ALL
  MATCH (o)-[:CAN_DECIDE]->(g:Gate)
  WHERE NOT EXISTS { (o)-[:RECUSED_FROM]->(x:Gate) WHERE x.id = g.id }
  RETURN o, null AS request, g.id AS gate, null AS quorum
}
WITH o, request, gate, quorum ORDER BY request, gate
WITH o,
  collect(CASE WHEN request IS NOT NULL
    THEN {request: request, gate: gate, quorum: quorum} END) AS decided,
  collect(CASE WHEN request IS NULL THEN gate END) AS entitled
WITH o, decided, entitled, coalesce(o.status, 'unknown') IN ['left', 'archived'] AS gone,
  o:Person AS person, coalesce(o.kind, '') IN ['shared_mailbox', 'service'] AS mailbox,
  EXISTS { (o)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison'
      AND NOT coalesce(p.kind, 'human') IN ['shared_mailbox', 'service'] } AS known,
  [(o)<-[s:MEMBER_OF]-(p:Person)
    WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left'
      AND NOT coalesce(p.kind, 'human') IN ['shared_mailbox', 'service'] | p.id] AS members,
  CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END AS wanted
RETURN o.id AS voice, decided, entitled,
  CASE WHEN gone OR (person AND mailbox) THEN [] WHEN person THEN [o.id] ELSE members END AS people,
  // Nobody is needed where nobody can leave.
  CASE WHEN gone THEN 1 WHEN person AND NOT mailbox THEN 1 WHEN known THEN wanted ELSE 0 END
  AS needed
ORDER BY voice
