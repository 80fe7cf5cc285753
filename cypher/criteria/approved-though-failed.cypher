// Approved although an agreed bar was missed
//
// The latest result from before the day of the decision missed a bar that had been agreed, and
// the decision does not mention it: either nobody looked, or the bar is not really the bar. What
// was measured only afterwards, or of another version, does not accuse anybody. Of several
// results of one day each is the latest.
//
// code: CRI-04
// severity: 3
// cause: criterion {missed}
// effect: exposed
// remedy: Look at the approval again; cite the result and say why it is enough, or withdraw it.
// actor: {deciders: those who decided}
// needs: CONCERNS, Approval.decided_day, JUDGED_BY status agreed, AGAINST, Result.day
// among: approvals with a day, of models with an agreed bar of their own
//   MATCH (a:Approval)
//   WHERE a.status = 'approved' AND a.decided_day IS NOT NULL
//     AND EXISTS { (a)-[:CONCERNS]->(:Model)-[j:JUDGED_BY]->() WHERE j.status = 'agreed' }
//   RETURN count(a) AS n
// control: NIST MANAGE 1.1; ISO 42001 A.6.2; EU AI Act 17; OMB M-25-21 4(b)(i)
// column approval: Approval -- the approval
// column models: list of Model -- what was approved
// column missed: list of Criterion -- the agreed bars that the latest result missed
// column results: list of Result -- those results
// column deciders: list of Person or Team -- who decided
MATCH (m:Model)-[j:JUDGED_BY]->(c:Criterion)
WHERE j.status = 'agreed' AND c.threshold IS NOT NULL
MATCH (m)<-[:CONCERNS]-(a:Approval)
WHERE a.status = 'approved' AND a.decided_day IS NOT NULL
  AND (j.since_day IS NULL OR j.since_day <= a.decided_day)
  AND (j.until_day IS NULL OR j.until_day > a.decided_day)
MATCH (m)<-[:MEASURES]-(r:Result)
WHERE r.day < a.decided_day AND EXISTS { (r)-[:AGAINST]->(x:Criterion) WHERE x.id = c.id }
  AND (r.version IS NULL OR a.version IS NULL OR r.version = a.version)
WITH a, m, c, collect(DISTINCT r) AS results, max(r.day) AS last_day
UNWIND results AS last
WITH a, m, c, last, last_day
WHERE last.day = last_day AND ((c.direction = 'max' AND last.value < c.threshold)
    OR (c.direction = 'min' AND last.value > c.threshold))
  AND NOT EXISTS { (a)-[:CITES]->(cited:Result) WHERE cited.id = last.id }
WITH a, m.id AS model, c.id AS bar, last.id AS result ORDER BY model, bar, result
WITH a, collect(DISTINCT model) AS models, collect(DISTINCT bar) AS missed,
  collect(DISTINCT result) AS results
OPTIONAL MATCH (a)-[d:DECIDED_BY]->(o) WHERE coalesce(d.role, 'decide') IN ['decide', 'agree']
WITH a, models, missed, results, o.id AS decider ORDER BY decider
WITH a, models, missed, results, collect(DISTINCT decider) AS deciders
RETURN a.id AS approval, models, missed, results, deciders
ORDER BY size(missed) DESC, approval
