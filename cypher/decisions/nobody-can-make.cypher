// Open decisions that nobody can make
//
// As rights are written today, no meeting and no escalation helps: nobody is named, or those
// who are have gone, or too few are left for the rule, or the decision waits for another that
// nobody can make, or, in a circle, for itself. Whoever must agree counts as well: without
// their consent it cannot be made. What waits will wait until somebody changes who may decide.
// Decisions that are only implied count neither as what waits nor as what is waited for.
//
// code: DEC-03
// severity: 4
// cause: decider
// effect: stopped
// remedy: Name somebody who is here to decide the first of these, or cut the wait that closes
//   the circle; then look which others are free.
// actor: the nearest common superior of {deciders}, else the owner of {about: what it is about}
// needs: NEEDS
// among: open decisions
//   MATCH (k:Decision) WHERE k.status = 'open' AND coalesce(k.basis, 'recorded') = 'recorded'
//   RETURN count(k) AS n
// then: decisions_nobody_can_make
// control: NIST GOVERN 2.1; NIST MANAGE 1.1; ISO 42001 5.3
// implies: DEC-01
// column decision: Decision -- the decision
// column why: text -- nobody named, gone, too few left, a circle, or what it waits for
// column deciders: list of Person or Team -- who has to decide or to agree
// column gone: list of Person or Team -- which of them no longer can
// column waits_for: list of Decision -- what must come first, and nobody can make either
// column frees: int -- how many others could be made once this one is repaired
// column about: list of Model or UseCase or Gate or Criterion -- what it is about
// column days: int -- for how long it has been open
MATCH (k:Decision)
WHERE k.status = 'open' AND coalesce(k.basis, 'recorded') = 'recorded'
OPTIONAL MATCH (k)-[part:NEEDS]->(o)
WHERE coalesce(part.role, 'decide') IN ['decide', 'agree']
WITH DISTINCT k, coalesce(part.role, 'decide') AS role, o
// A person, or a body whose members nobody wrote down, is able while it is not gone.
WITH k, role, o.id AS who,
  CASE WHEN o IS NULL OR coalesce(o.status, 'unknown') IN ['left', 'archived'] THEN false
    WHEN NOT EXISTS { (o)<-[s:MEMBER_OF]-(:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' } THEN true
    ELSE COUNT { (o)<-[s:MEMBER_OF]-(p:Person)
      WHERE coalesce(s.role, 'member') <> 'liaison' AND coalesce(p.status, 'unknown') <> 'left' }
      >= CASE WHEN o.quorum > 1 THEN o.quorum ELSE 1 END END AS able
ORDER BY who
WITH k, collect(CASE WHEN role = 'decide' THEN who END) AS deciders,
  collect(CASE WHEN role = 'decide' AND able THEN who END) AS deciders_here,
  collect(CASE WHEN role = 'agree' THEN who END) AS consents,
  collect(CASE WHEN role = 'agree' AND able THEN who END) AS consents_here
OPTIONAL MATCH (k)-[:BLOCKED_BY]->(b:Decision)
WITH k, deciders, deciders_here, consents, consents_here, b.id AS blocker ORDER BY blocker
WITH k, deciders, deciders_here, consents, consents_here, collect(blocker) AS blocked_by
OPTIONAL MATCH (k)-[:ABOUT]->(x)
WITH k, deciders, deciders_here, consents, consents_here, blocked_by, x.id AS thing
ORDER BY thing
WITH k, deciders, deciders_here, consents, consents_here, blocked_by,
  collect(DISTINCT thing) AS about
RETURN k.id AS decision, k.name AS name, k.rule AS rule, k.quorum AS quorum, deciders,
  deciders_here, consents, consents_here, blocked_by, about, $today - k.raised_day AS days
ORDER BY decision
