// How clear it is, model by model
//
// Four things make a model decidable: one accountable owner, an agreed bar, an agreed trade-off,
// and the job that it is for. Of those that anybody has written down for any model, how many does
// this one have? What nobody records anywhere is not counted against a model, and is blank. A
// team, its people and what stands above it are one owner, and so are owners who answer for
// different parts; of somebody who is known to sit in no team nobody can say that it is another.
//
// code: CLR-01
// severity: info
// needs: OWNS role accountable or JUDGED_BY status agreed or COVERS or SERVES
// among: models beyond the idea that are not retired
//   MATCH (m:Model)
//   WHERE NOT coalesce(m.stage, 'unknown') IN ['idea', 'retired'] AND coalesce(m.described, true)
//   RETURN count(m) AS n
// control: NIST GOVERN 2.1; NIST MAP 1.5
// parameter max_clear: int = 4 -- leave out models that are clearer
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model
// column clear: int -- how many of the four it has
// column recorded: int -- how many of the four are written down for any model
// column one_owner: bool -- whether exactly one line answers for it, with somebody who is here
// column agreed_bar: bool -- whether a bar is agreed, its own or its use case's
// column agreed_trade_off: bool -- whether a trade-off is, its own or its use case's
// column use_case: bool -- whether it is said what it is for
// column stage: text -- how far it has come
OPTIONAL MATCH (:Model)<-[claim:OWNS]-() WHERE claim.role = 'accountable'
WITH count(claim) AS owners
OPTIONAL MATCH ()-[j:JUDGED_BY]->(:Criterion) WHERE j.status = 'agreed'
WITH owners, count(j) AS bars
OPTIONAL MATCH (x:TradeOff)-[:COVERS]->()
WITH owners, bars, count(x) AS trade_offs
OPTIONAL MATCH (u:UseCase)<-[:SERVES]-()
WITH owners, bars, trade_offs, count(u) AS use_cases
MATCH (m:Model)
WHERE NOT coalesce(m.stage, 'unknown') IN ['idea', 'retired'] AND coalesce(m.described, true)
WITH m, owners, bars, trade_offs, use_cases,
  [(m)<-[claim:OWNS]-(o) WHERE claim.role = 'accountable'
    AND coalesce(claim.confidence, 1.0) >= $min_confidence
    AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] | o.id] AS answering
// Of one alone nobody has to know in which teams that one sits.
WITH m, owners, bars, trade_offs, use_cases, answering,
  CASE WHEN size(answering) < 2 THEN []
  ELSE [(m)<-[claim:OWNS]-(o) WHERE o.id IN answering AND claim.role = 'accountable'
    AND coalesce(claim.confidence, 1.0) >= $min_confidence
    | {id: o.id, scope: claim.scope,
      own: CASE WHEN o:Team THEN [o.id] ELSE [] END
        + [(o)-[sits:MEMBER_OF]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(t.kind, 'team') <> 'group'
          | t.id],
      above: [(o)-[:PART_OF*1..8]->(t:Team) | t.id]
        + [(o)-[sits:MEMBER_OF]->(its:Team)-[:PART_OF*1..8]->(t:Team)
          WHERE coalesce(sits.role, 'member') <> 'liaison' AND coalesce(its.kind, 'team') <> 'group'
          | t.id]}] END AS claimants
WITH m, CASE WHEN owners > 0 THEN size(answering) > 0
    AND none(one IN claimants WHERE any(two IN claimants WHERE one.id < two.id
      AND (one.scope IS NULL OR two.scope IS NULL OR one.scope = two.scope)
      AND size(one.own) > 0 AND size(two.own) > 0
      AND none(t IN one.own WHERE t IN two.own + two.above)
      AND none(t IN two.own WHERE t IN one.above))) END
  AS one_owner,
  CASE WHEN bars > 0 THEN EXISTS { (m)-[j:JUDGED_BY]->(:Criterion)
      WHERE j.status = 'agreed' AND (j.until_day IS NULL OR j.until_day > $today) }
    OR EXISTS { (m)-[:SERVES]->(:UseCase)-[j:JUDGED_BY]->(:Criterion)
      WHERE j.status = 'agreed' AND (j.until_day IS NULL OR j.until_day > $today) } END
  AS agreed_bar,
  CASE WHEN trade_offs > 0 THEN EXISTS { (m)<-[:COVERS]-(x:TradeOff)
      WHERE coalesce(x.status, 'agreed') = 'agreed' }
    OR EXISTS { (m)-[:SERVES]->(:UseCase)<-[:COVERS]-(x:TradeOff)
      WHERE coalesce(x.status, 'agreed') = 'agreed' } END
  AS agreed_trade_off,
  CASE WHEN use_cases > 0 THEN EXISTS { (m)-[:SERVES]->(:UseCase) } END AS use_case
WITH m, one_owner, agreed_bar, agreed_trade_off, use_case,
  CASE WHEN one_owner THEN 1 ELSE 0 END + CASE WHEN agreed_bar THEN 1 ELSE 0 END
    + CASE WHEN agreed_trade_off THEN 1 ELSE 0 END + CASE WHEN use_case THEN 1 ELSE 0 END AS clear,
  CASE WHEN one_owner IS NULL THEN 0 ELSE 1 END + CASE WHEN agreed_bar IS NULL THEN 0 ELSE 1 END
    + CASE WHEN agreed_trade_off IS NULL THEN 0 ELSE 1 END
    + CASE WHEN use_case IS NULL THEN 0 ELSE 1 END AS recorded
WHERE clear <= $max_clear
RETURN m.id AS model, clear, recorded, one_owner, agreed_bar, agreed_trade_off, use_case,
  m.stage AS stage
ORDER BY clear, model
