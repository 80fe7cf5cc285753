// Who has which right in which decision
//
// The decision-rights matrix as it is written down. For each gate, who may let a model pass; for
// each standing right (a decision of that kind without a status), who decides, who has to agree, who
// is heard and who carries it out; and for the rest, on what the right rests where nobody wrote one
// down: on owning the model, the gate or the use case, and for how many of them somebody who is here
// does. Where it rests on nothing, nobody has it. Whoever has left is counted and not named.
//
// code: LST-11
// severity: info
// needs: CAN_DECIDE or NEEDS or OWNS role accountable
// among: gates in force, and standing rights
//   OPTIONAL MATCH (k:Decision) WHERE k.status IS NULL AND k.kind IS NOT NULL
//   WITH count(k) AS rights
//   OPTIONAL MATCH (g:Gate)
//   WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
//     AND (g.retired_day IS NULL OR g.retired_day > $today)
//   WITH rights, count(g) AS gates
//   RETURN rights + gates AS n
// control: NIST GOVERN 2.1; ISO 42001 5.3
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column decision: text -- its kind: promote, stop, roll_back, retire, accept_risk, choose_metric,
//   merge_pilots, fund or change_policy
// column about: list of Gate or Model or UseCase or Criterion -- what the right is about; everything
//   where it is empty
// column rests_on: text -- the rule of the gate, a standing right, owning something, or nothing
// column decide: list of Person or Team -- who decides and is here
// column agree: list of Person or Team -- who has to agree and is here
// column heard: list of Person or Team -- who recommends or gives input
// column perform: list of Person or Team -- who carries it out
// column rule: text -- how several decide, where it is written
// column gone: int -- how many who have a right have left or were dissolved
CALL () {
  MATCH (g:Gate)
  WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
    AND (g.retired_day IS NULL OR g.retired_day > $today)
  OPTIONAL MATCH (g)<-[:CAN_DECIDE]-(o)
  WITH g, o, NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] AS here ORDER BY o.id
  WITH g, collect(DISTINCT CASE WHEN here THEN o.id END) AS decide,
    count(DISTINCT CASE WHEN NOT here THEN o.id END) AS gone
  RETURN 'promote' AS decision, [g.id] AS about,
    CASE WHEN size(decide) + gone > 0 THEN 'the rule of the gate' ELSE 'nothing' END AS rests_on,
    decide,
    [] AS agree, [] AS heard, [] AS perform,
    CASE WHEN g.quorum > 1 THEN toString(g.quorum) + ' of them' END AS rule, gone,
    coalesce(g.seq, 0) AS place, g.id AS id
  UNION ALL
  MATCH (k:Decision)
  WHERE k.status IS NULL AND k.kind IS NOT NULL
  OPTIONAL MATCH (k)-[:ABOUT]->(x)
  WITH k, x.id AS about ORDER BY about
  WITH k, collect(DISTINCT about) AS about
  OPTIONAL MATCH (k)-[n:NEEDS]->(o)
  WITH k, about, o, coalesce(n.role, 'decide') AS role,
    NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] AS here
  ORDER BY o.id
  RETURN k.kind AS decision, about, 'a standing right' AS rests_on,
    collect(DISTINCT CASE WHEN here AND role = 'decide' THEN o.id END) AS decide,
    collect(DISTINCT CASE WHEN here AND role = 'agree' THEN o.id END) AS agree,
    collect(DISTINCT CASE WHEN here AND role IN ['recommend', 'input'] THEN o.id END) AS heard,
    collect(DISTINCT CASE WHEN here AND role = 'perform' THEN o.id END) AS perform,
    CASE WHEN k.rule = 'k_of_n' THEN toString(k.quorum) + ' of them' ELSE k.rule END AS rule,
    count(DISTINCT CASE WHEN NOT here THEN o.id END) AS gone, 0 AS place, k.id AS id
  UNION ALL
  // What is decided by whoever answers for the model.
  MATCH (m:Model)
  WHERE coalesce(m.stage, 'unknown') <> 'retired'
  WITH count(m) AS there, sum(CASE WHEN EXISTS { (m)<-[claim:OWNS]-(o)
    WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
      AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] } THEN 1 ELSE 0 END) AS owned
  UNWIND ['stop', 'roll_back', 'retire', 'accept_risk', 'choose_metric'] AS decision
  WITH decision, there, owned WHERE there > 0
  RETURN decision, [] AS about, CASE WHEN owned = 0 THEN 'nothing'
      ELSE 'owning the model: ' + toString(owned) + ' of ' + toString(there) + ' have somebody' END
    AS rests_on,
    [] AS decide, [] AS agree, [] AS heard, [] AS perform, null AS rule, 0 AS gone, 1 AS place,
    '' AS id
  UNION ALL
  MATCH (g:Gate)
  WHERE coalesce(g.described, true) AND coalesce(g.since_day, $today) <= $today
    AND (g.retired_day IS NULL OR g.retired_day > $today)
  WITH count(g) AS there, sum(CASE WHEN EXISTS { (g)<-[claim:OWNS]-(o)
    WHERE coalesce(claim.role, 'accountable') = 'accountable'
      AND coalesce(claim.confidence, 1.0) >= $min_confidence
      AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] } THEN 1 ELSE 0 END) AS owned
  WITH there, owned WHERE there > 0
  RETURN 'change_policy' AS decision, [] AS about, CASE WHEN owned = 0 THEN 'nothing'
      ELSE 'owning the gate: ' + toString(owned) + ' of ' + toString(there) + ' have somebody' END
    AS rests_on,
    [] AS decide, [] AS agree, [] AS heard, [] AS perform, null AS rule, 0 AS gone, 1 AS place,
    '' AS id
  UNION ALL
  // Pilots are merged by whoever owns the use case; money is given by nobody's office.
  MATCH (u:UseCase)
  WITH count(u) AS there, sum(CASE WHEN EXISTS { (u)<-[claim:OWNS]-(o)
    WHERE coalesce(claim.role, 'accountable') = 'accountable'
      AND coalesce(claim.confidence, 1.0) >= $min_confidence
      AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] } THEN 1 ELSE 0 END) AS owned
  OPTIONAL MATCH (k:Decision) WHERE k.status IS NULL AND k.kind = 'fund'
  WITH there, owned, count(k) AS rights
  UNWIND ['merge_pilots', 'fund'] AS decision
  WITH decision, there, owned, rights
  WHERE there > 0 AND (decision = 'merge_pilots' OR rights = 0)
  RETURN decision, [] AS about, CASE WHEN owned = 0 OR decision = 'fund' THEN 'nothing'
      ELSE 'owning the use case: ' + toString(owned) + ' of ' + toString(there) + ' have somebody' END
    AS rests_on,
    [] AS decide, [] AS agree, [] AS heard, [] AS perform, null AS rule, 0 AS gone, 1 AS place,
    '' AS id
}
WITH decision, about, rests_on, decide, agree, heard, perform, rule, gone, place, id,
  ['promote', 'stop', 'roll_back', 'retire', 'accept_risk', 'choose_metric', 'merge_pilots', 'fund',
    'change_policy'] AS kinds
RETURN decision, about, rests_on, decide, agree, heard, perform, rule, gone
ORDER BY [i IN range(0, 8) WHERE kinds[i] = decision | i][0], place, id
