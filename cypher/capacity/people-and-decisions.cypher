// How many people there are, and how many decisions, quarter by quarter
//
// Where people are added and no more is decided, the people were not what was lacking; where what
// waits grows, each of them adds to it. What is decided is a request that was answered, or a
// recorded decision that was made; what was withdrawn or ran out is neither decided nor waiting
// any more. People are those whom imports told of, from the day on which the first one did: nobody
// knows who was here before, and whom a new source brings was perhaps here all the time. Who left,
// nobody says when, is left out, and so are mailboxes and service accounts.
//
// code: CAP-02
// severity: info
// needs: Approval.requested_day or Decision.made_day
// among: requests and decisions of which it is known when they came up
//   CALL () {
//     MATCH (a:Approval)
//     WHERE a.requested_day <= $today AND (a.decided_day >= a.requested_day
//       OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']))
//     RETURN count(a) AS many
//     UNION ALL
//     MATCH (d:Decision)
//     WHERE (d.status = 'made' AND d.made_day >= coalesce(d.raised_day, d.made_day))
//       OR (d.status = 'open' AND d.raised_day <= $today)
//     RETURN count(d) AS many
//   }
//   RETURN sum(many) AS n
// then: people_and_decisions
// parameter days_back: int = 730 -- leave out quarters that ended longer ago
// column quarter: text -- the quarter, from the first one in which anything was asked; the last
//   one is that of today
// column days: int -- how many of its days have begun
// column people: int -- how many people are here at its end, or now; blank before the first import
//   that told of any
// column deciders: int -- how many people and bodies decided requests in it
// column asked: int -- how many requests and decisions came up in it
// column decided: int -- how many were decided in it
// column waiting: int -- how many wait at its end, or now
// column decided_per_100: float -- how many were decided for each 100 people
CALL () {
  MATCH (a:Approval)
  WHERE a.requested_day <= $today AND (a.decided_day >= a.requested_day
    OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']))
  RETURN CASE WHEN a.decided_day IS NULL OR a.status IN ['withdrawn', 'expired'] THEN 'asked'
    ELSE 'decided' END AS what,
    a.requested_day AS since, a.decided_day AS until, [(a)-[d:DECIDED_BY]->(o)
      WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] | o.id] AS deciders, 1 AS many
  UNION ALL
  MATCH (d:Decision)
  WHERE (d.status = 'made' AND d.made_day >= coalesce(d.raised_day, d.made_day))
    OR (d.status = 'open' AND d.raised_day <= $today)
  RETURN CASE WHEN d.status = 'made' THEN 'decided' ELSE 'asked' END AS what,
    coalesce(d.raised_day, d.made_day) AS since,
    CASE WHEN d.status = 'made' THEN d.made_day END AS until, [] AS deciders, 1 AS many
  UNION ALL
  MATCH (p:Person)
  WHERE coalesce(p.kind, 'human') IN ['human', 'unknown'] AND coalesce(p.described, true)
    AND (coalesce(p.status, 'unknown') <> 'left' OR p.left_day IS NOT NULL)
  WITH p.first_seen_day AS since, p.left_day AS until, count(p) AS many
  RETURN 'here' AS what, since, until, [] AS deciders, many
}
RETURN what, since, until, deciders, many
ORDER BY what, since, until
