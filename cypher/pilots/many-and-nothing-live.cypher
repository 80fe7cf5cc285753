// Many old pilots and nothing live
//
// Several pilots try to do the same job, the first began long ago, and none has reached
// production. Another pilot will not help: nobody has the right, or the bar, to choose one.
//
// code: PIL-01
// severity: 3
// cause: policy
// effect: design
// remedy: Name who chooses among these pilots, and by which bar, and let the others end.
// actor: the owner of {use_case}, else the nearest common superior of {owners}
// needs: SERVES, Model.stage_day
// among: use cases with a pilot
//   MATCH (u:UseCase)
//   WHERE EXISTS { (u)<-[:SERVES]-(m:Model) WHERE m.stage = 'pilot' }
//   RETURN count(u) AS n
// control: NIST MANAGE 1.1
// parameter min_pilots: int = 3 -- so many pilots are many
// parameter old_pilot_days: int = 180 -- the first one is old after so many days
// column use_case: UseCase -- the job that all the pilots try to do
// column pilots: list of Model -- the pilots
// column owners: list of Person or Team -- who is accountable for them
// column days: int -- since when the first one has been a pilot
MATCH (m:Model)-[:SERVES]->(u:UseCase)
WITH u, count(DISTINCT CASE WHEN m.stage = 'pilot' THEN m.id END) AS pilots,
  count(DISTINCT CASE WHEN m.stage = 'production' THEN m.id END) AS live,
  min(CASE WHEN m.stage = 'pilot' THEN m.stage_day END) AS first
WHERE pilots >= $min_pilots AND live = 0 AND $today - first > $old_pilot_days
MATCH (u)<-[:SERVES]-(m:Model) WHERE m.stage = 'pilot'
OPTIONAL MATCH (m)<-[claim:OWNS]-(o) WHERE claim.role = 'accountable'
WITH u, first, m.id AS pilot, o.id AS owner ORDER BY pilot, owner
WITH u, first, collect(DISTINCT pilot) AS pilots, collect(DISTINCT owner) AS owners
RETURN u.id AS use_case, pilots, owners, $today - first AS days
ORDER BY size(pilots) DESC, days DESC, use_case
