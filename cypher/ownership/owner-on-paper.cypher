// Owners on paper
//
// One name answers for a large part of all live models, and none of its people was ever seen
// working on them. After the first clean-up everything is assigned to such a name: the
// register looks complete, and nobody behind it knows the models. The people of a team are its own
// and those of the teams below it; a person's work is also that of the teams the person sits in.
// Where nobody was seen working on any of the models, nothing is known.
//
// code: OWN-13
// severity: 2
// cause: owner
// effect: design
// remedy: Give each model to the team that works on it; let this one keep what it can answer for.
// actor: the lead of {owner}
// needs: OWNS role accountable, WORKED_ON
// among: accountable owners of live models
//   MATCH (o:Team|Person)
//   WHERE EXISTS { (o)-[claim:OWNS]->(m:Model)
//     WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
//       AND coalesce(m.stage, 'unknown') <> 'retired' }
//   RETURN count(o) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter max_owned_share: float = 0.1 -- more than this share of all live models is very much
// parameter min_owned: int = 10 -- fewer models than these are not much, whatever the share
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column owner: Person or Team -- the name that answers for them
// column models: int -- for how many live models it is accountable
// column share: float -- of all live models
// column worked_on_by: list of Person or Team -- up to ten that were seen working on them instead
MATCH (live:Model) WHERE coalesce(live.stage, 'unknown') <> 'retired'
WITH count(live) AS live
MATCH (o:Team|Person)-[claim:OWNS]->(m:Model)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(m.stage, 'unknown') <> 'retired'
WITH live, o, count(DISTINCT m) AS models
WHERE models >= $min_owned AND models > $max_owned_share * live
MATCH (o)-[claim:OWNS]->(m:Model)
WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND coalesce(m.stage, 'unknown') <> 'retired'
WITH DISTINCT live, o, models, m
OPTIONAL MATCH (m)<-[:WORKED_ON]-(worker)
WITH live, o, models, worker, count(m) AS on_models
WITH live, o, models, worker, on_models,
  CASE WHEN worker IS NULL THEN false
    ELSE worker.id = o.id
      OR EXISTS { (worker)-[:PART_OF*1..8]->(t:Team) WHERE t.id = o.id }
      OR EXISTS { (worker)-[s:MEMBER_OF]->(t:Team)
        WHERE t.id = o.id AND coalesce(s.role, 'member') <> 'liaison' }
      OR EXISTS { (worker)-[s:MEMBER_OF]->(:Team)-[:PART_OF*1..8]->(t:Team)
        WHERE t.id = o.id AND coalesce(s.role, 'member') <> 'liaison' }
      OR EXISTS { (o)-[s:MEMBER_OF]->(t:Team)
        WHERE t.id = worker.id AND coalesce(s.role, 'member') <> 'liaison'
          AND coalesce(t.kind, 'team') <> 'group' } END AS own
ORDER BY on_models DESC, worker.id
WITH live, o, models, sum(CASE WHEN own THEN 1 ELSE 0 END) AS own, collect(worker.id) AS workers
WHERE own = 0 AND size(workers) > 0
RETURN o.id AS owner, models, round(models * 1.0 / live, 2) AS share,
  workers[0..10] AS worked_on_by
ORDER BY models DESC, owner
