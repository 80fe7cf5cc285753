// Open decisions with several deciders and no rule
//
// Several are named to decide, and nothing says whether one is enough or all must agree.
// Each waits for the others, or each decides differently. Deciding together by a written
// rule is a rule, and not listed.
//
// code: DEC-02
// severity: 3
// cause: decider
// effect: stopped
// remedy: Write down the rule, one, any, all or how many; or name one of them.
// actor: the nearest common superior of {deciders}
// needs: NEEDS
// among: open decisions
//   MATCH (k:Decision) WHERE k.status = 'open' RETURN count(k) AS n
// control: NIST GOVERN 2.1; ISO 42001 5.3
// column decision: Decision -- the decision
// column about: list of Model or UseCase or Gate or Criterion -- what it is about
// column deciders: list of Person or Team -- who are all to decide
// column days: int -- for how long it has been open
MATCH (k:Decision)-[part:NEEDS]->(o)
WHERE k.status = 'open' AND k.rule IS NULL AND coalesce(part.role, 'decide') = 'decide'
WITH k, o.id AS decider ORDER BY decider
WITH k, collect(DISTINCT decider) AS deciders
WHERE size(deciders) > 1
OPTIONAL MATCH (k)-[:ABOUT]->(x)
WITH k, deciders, x.id AS thing ORDER BY thing
WITH k, deciders, collect(DISTINCT thing) AS about
RETURN k.id AS decision, about, deciders, $today - k.raised_day AS days
ORDER BY coalesce(days, 0) DESC, decision
