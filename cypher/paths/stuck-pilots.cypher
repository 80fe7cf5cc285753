// Pilots that are stuck
//
// In pilot for more than a year, or past the day it was meant to move on, and no request is open,
// pending or returned: nobody has to decide anything, so nothing will happen. What became of a
// request that nobody says may still be open.
//
// code: PTH-04
// severity: 3
// cause: owner
// effect: stopped
// remedy: Decide by the end of the month: ask for the next gate, or end the pilot.
// actor: the accountable owner of {model}
// needs: Model.stage_day
// among: pilots
//   MATCH (m:Model) WHERE m.stage = 'pilot' RETURN count(m) AS n
// control: NIST MANAGE 1.1
// parameter max_pilot_days: int = 365 -- a pilot that lasts longer is stuck
// column model: Model -- the pilot
// column days: int -- since when it has been a pilot
// column days_late: int -- for how long it has been past its target day, if it has one
// column last_status: text -- how its last request ended, if there was one
MATCH (m:Model)
WHERE m.stage = 'pilot'
  AND ($today - m.stage_day > $max_pilot_days OR m.target_day < $today)
  AND NOT EXISTS { (m)<-[:CONCERNS]-(a:Approval) 
    WHERE coalesce(a.status, CASE WHEN a.decided_day IS NULL THEN 'pending' END)
      IN ['pending', 'returned'] }
OPTIONAL MATCH (m)<-[:CONCERNS]-(a:Approval)
WITH m, a ORDER BY a.requested_day DESC, a.id
WITH m, collect(a.status) AS ended
RETURN m.id AS model, $today - m.stage_day AS days,
  CASE WHEN m.target_day < $today THEN $today - m.target_day END AS days_late,
  ended[0] AS last_status
ORDER BY coalesce(days, 0) DESC, model
