// Bars that moved while a request waited
//
// A criterion was added, dropped or replaced after the request was made and before it was
// decided. The team built for one bar and is judged by another; a tighter one sends the work
// back, a looser one makes the decision worth less.
//
// code: CRI-01
// severity: 3
// cause: criterion
// effect: design
// remedy: Say by which bars this request will be decided, and let new ones hold from the next.
// actor: the owner of {criterion}, with the decider at the gate
// needs: JUDGED_BY, CONCERNS
// among: models with a request and a criterion, their own or their use case's
//   MATCH (m:Model)
//   WHERE EXISTS { (m)<-[:CONCERNS]-(:Approval) }
//     AND (EXISTS { (m)-[:JUDGED_BY]->() }
//       OR EXISTS { (m)-[:SERVES]->(:UseCase)-[:JUDGED_BY]->() })
//   RETURN count(m) AS n
// control: NIST MANAGE 1.1; ISO 42001 A.6.2
// column model: Model -- the model that waited
// column criterion: Criterion -- the bar that moved
// column changes: list of text -- added, dropped or superseded
// column makes_it: list of text -- tighter or looser, where the thresholds tell
// column approvals: list of Approval -- the requests that were waiting
// column agreed_by: list of text -- ids of those who agreed to the bar
MATCH (m:Model)
WHERE EXISTS { (m)<-[:CONCERNS]-(:Approval) }
OPTIONAL MATCH (m)-[:SERVES]->(u:UseCase)
WITH m, [m] + collect(u) AS judged
UNWIND judged AS side
MATCH (side)-[j:JUDGED_BY]->(c:Criterion)
WHERE j.since_day IS NOT NULL OR j.until_day IS NOT NULL
MATCH (m)<-[:CONCERNS]-(a:Approval)
WHERE (j.since_day > a.requested_day OR j.until_day > a.requested_day)
  // Without the day of a decision nobody can tell whether the bar moved before or after it.
  AND (a.decided_day IS NOT NULL OR coalesce(a.status, 'pending') IN ['pending', 'returned'])
WITH a, m, j, c, coalesce(a.decided_day, $today + 1) AS decided
WITH a, m, j, c,
  CASE WHEN j.until_day > a.requested_day AND j.until_day < decided AND j.until_day <= $today
      THEN CASE WHEN EXISTS { (c)<-[:SUPERSEDES]-(:Criterion) }
        THEN 'superseded' ELSE 'dropped' END
    WHEN j.since_day > a.requested_day AND j.since_day < decided THEN 'added'
  END AS change
WHERE change IS NOT NULL
OPTIONAL MATCH (c)-[:SUPERSEDES]->(old:Criterion) WHERE change = 'added'
OPTIONAL MATCH (c)<-[:SUPERSEDES]-(new:Criterion) WHERE change = 'superseded'
WITH a, m, j, c, change, old,
  coalesce(new.threshold, c.threshold) - coalesce(old.threshold, c.threshold) AS raised
WITH a, m, j, c, change,
  CASE WHEN change = 'dropped' THEN 'looser'
    WHEN change = 'added' AND old IS NULL THEN 'tighter'
    WHEN raised * CASE c.direction WHEN 'max' THEN 1 WHEN 'min' THEN -1 END > 0 THEN 'tighter'
    WHEN raised * CASE c.direction WHEN 'max' THEN 1 WHEN 'min' THEN -1 END < 0 THEN 'looser'
  END AS effect
ORDER BY a.id, change, effect
WITH m, c, collect(DISTINCT change) AS changes, collect(DISTINCT effect) AS makes_it,
  collect(DISTINCT a.id) AS approvals, collect(j.agreed_by) AS agreed
RETURN m.id AS model, c.id AS criterion, changes, makes_it, approvals,
  coalesce(agreed[0], []) AS agreed_by
ORDER BY model, criterion
