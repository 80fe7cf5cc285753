// Models whose lead time is mostly waiting
//
// Of the days from the first sign of a model (a measurement, an owner, a stage) to production, or
// to today, more than four fifths passed while a request of it was open. Were all modelling done
// in no time, it would come at most 1 / share times as fast (Amdahl 1967). A model without a sign
// of a day before its first request is left out, for nobody knows when work on it began.
//
// code: LAT-03
// severity: 2
// cause: gate {gates}
// effect: design
// remedy: Begin with the largest part: decide between two meetings, name a second decider or a
//   deputy, or say beforehand what a request has to hold.
// actor: those who decide at {gates}
// needs: CONCERNS, Approval.requested_day, Model.stage,
//   Model.stage_day or Result.day or OWNS.since_day
// among: models with a request and a sign of a day before it
//   MATCH (m:Model)
//   WHERE m.stage IN ['idea', 'experiment', 'pilot']
//     OR (m.stage = 'production' AND $today - $days_back <= m.stage_day AND m.stage_day <= $today)
//   WITH m, CASE WHEN m.stage = 'production' THEN m.stage_day ELSE $today END AS until
//   MATCH (m)<-[:CONCERNS]-(a:Approval)
//   WHERE a.requested_day < until AND (a.decided_day >= a.requested_day
//     OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']))
//   WITH m.id AS id, min(a.requested_day) AS first
//   MATCH (m:Model {id: id})
//   WHERE m.stage_day < first
//     OR EXISTS { (m)<-[:MEASURES]-(r:Result) WHERE r.day < first }
//     OR EXISTS { (m)<-[o:OWNS]-() WHERE o.since_day < first }
//   RETURN count(m) AS n
// then: share_of_lead_time
// control: NIST MANAGE 1.1
// parameter min_share: float = 0.8 -- more than this share of the lead time is too much
// parameter min_days: int = 30 -- leave out lead times that are shorter
// parameter days_back: int = 730 -- leave out what went into production longer ago
// column model: Model -- the model
// column share: float -- the share of its lead time in which a request was open, from 0 to 1
// column at_most_faster: float -- so many times as fast it would come without any modelling
// column largest: text -- what takes most of it: batching, contention, absence or requester
// column gates: list of Gate -- where its requests were open longest
// column lead_days: int -- days from the first sign to production, or to today
// column median_lead_days: int -- days after which half of all such models are in production, those
//   still on their way kept in (Kaplan and Meier 1958); blank where fewer ever came so far
// column waiting_days: int -- days on which a request was open
// column batching: float -- of these, to the first meeting of a forum that meets every so many
//   days, reckoned back from its decision, or half of that interval where it made none; where
//   requests were open side by side, their days are shared out
// column contention: float -- the rest: it lay with somebody who was there; how long they looked
//   at it nobody knows
// column absence: float -- nobody had been asked yet, or all who were asked had left
// column requester: float -- it lay with those who asked, as far as that is written down
MATCH (m:Model)
WHERE m.stage IN ['idea', 'experiment', 'pilot']
  OR (m.stage = 'production' AND $today - $days_back <= m.stage_day AND m.stage_day <= $today)
WITH m, CASE WHEN m.stage = 'production' THEN m.stage_day ELSE $today END AS until
MATCH (m)<-[:CONCERNS]-(a:Approval)
WHERE a.requested_day < until AND (a.decided_day >= a.requested_day
  OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']))
WITH m.id AS id, until, min(a.requested_day) AS first
MATCH (m:Model {id: id})
WITH m, until, first, [m.stage_day] + [(m)<-[:MEASURES]-(r:Result) | r.day]
  + [(m)<-[o:OWNS]-() | o.since_day] AS signs
WITH m, until, reduce(since = first, day IN signs | CASE WHEN day < since THEN day ELSE since END)
  AS since, first
WHERE since < first
MATCH (m)<-[:CONCERNS]-(a:Approval)
WHERE a.requested_day < until AND (a.decided_day >= a.requested_day
  OR (a.decided_day IS NULL AND a.status IN ['pending', 'returned']))
OPTIONAL MATCH (a)-[:AT]->(g:Gate)
WITH m, until, since, a, g ORDER BY g.id
WITH m, until, since, a, collect(g) AS gates
WITH gates[0] AS g, collect({model: m.id, live: m.stage = 'production', until: until, since: since, request: a,
  asked: [(a)-[d:DECIDED_BY]->(o) WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] | o]})
  AS requests
// Whoever was not asked by name waits for those who are entitled: once for each gate.
WITH g, requests, CASE WHEN g IS NULL THEN [] ELSE [(g)<-[:CAN_DECIDE]-(o) | o] END AS entitled
WITH g, requests, size(entitled) > 0 AS known,
  reduce(most = 0, o IN entitled | CASE WHEN o.meets_every_days > most THEN o.meets_every_days
    ELSE most END) AS meets_every,
  CASE WHEN all(o IN entitled WHERE o.left_day IS NOT NULL)
    THEN reduce(last = 0, o IN entitled | CASE WHEN o.left_day > last THEN o.left_day
      ELSE last END) END AS left_day
UNWIND requests AS each
WITH g, each.model AS model, each.live AS live, each.until AS until, each.since AS since, each.request AS a,
  each.asked AS asked, known, meets_every, left_day
RETURN model, live, since, until, g.id AS gate, a.requested_day AS requested,
  a.assigned_day AS assigned,
  CASE WHEN coalesce(a.decided_day, $today) < until THEN coalesce(a.decided_day, $today)
    ELSE until END AS open_until,
  a.decided_day <= until AND a.status IN ['approved', 'conditional', 'rejected'] AS decided,
  coalesce(a.days_with_requester, 0) AS with_requester,
  CASE WHEN size(asked) = 0 THEN [meets_every]
    ELSE [o IN asked WHERE o.meets_every_days > 0 | o.meets_every_days] END AS meets_every,
  CASE WHEN size(asked) > 0 THEN [o IN asked | o.left_day] WHEN known THEN [left_day] ELSE [] END
    AS left_days
ORDER BY model, requested, a.id
