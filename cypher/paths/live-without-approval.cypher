// Live models without a required approval
//
// The model is in production, policy asks for this gate, and no valid approval is on record:
// none at all, one that ran out, or one for another version. A gate that is younger than the
// release does not count against it, nor one with a day where nobody knows the day of the release,
// nor one that applies by a filter, unless the model is subject to it by name.
//
// code: PTH-03
// severity: 4
// cause: gate {gates}
// effect: exposed
// remedy: Ask for the missing approval now, or take the model out of production until it is there.
// actor: the accountable owner of {model}, with those who decide at {gates}
// needs: AT, CONCERNS, Approval.status
// among: models in production that must pass a gate
//   MATCH (g:Gate)
//   WHERE (g.retired_day IS NULL OR g.retired_day > $today) AND g.applies_when IS NULL
//   WITH min(g.min_tier) AS lowest
//   MATCH (m:Model)
//   WHERE m.stage = 'production'
//     AND (m.risk_tier >= lowest OR EXISTS { (m)-[:SUBJECT_TO]->(:Gate) })
//   RETURN count(m) AS n
// control: NIST MANAGE 1.1; ISO 42001 A.6.2; EU AI Act 17; OMB M-25-21 4(b)
// parameter from_tier: int = 1 -- leave out models of a lower risk tier
// column model: Model -- the model in production
// column gates: list of Gate -- the gates it has not passed, the first first
// column risk_tier: int -- its risk tier
// column pending: int -- how many requests about it are pending
// column days_live: int -- since when it has been in production, where that is known
MATCH (g:Gate)
WHERE g.retired_day IS NULL OR g.retired_day > $today
MATCH (m:Model)
WHERE m.stage = 'production' AND coalesce(m.risk_tier, $from_tier) >= $from_tier
  // A gate that asks for more than the tier is for the models that are listed as subject to it.
  AND ((g.min_tier <= m.risk_tier AND g.applies_when IS NULL) OR EXISTS { (m)-[:SUBJECT_TO]->(g) })
  AND (g.since_day IS NULL OR g.since_day <= m.stage_day)
  AND NOT EXISTS { (m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g)
    WHERE a.status IN ['approved', 'conditional', 'waived']
      AND (a.valid_until_day IS NULL OR a.valid_until_day >= $today)
      AND (a.version IS NULL OR m.version IS NULL OR a.version = m.version) }
WITH m, g ORDER BY g.seq, g.id
WITH m, collect(g.id) AS gates
RETURN m.id AS model, gates, m.risk_tier AS risk_tier,
  COUNT { (m)<-[:CONCERNS]-(a:Approval) WHERE a.status = 'pending' } AS pending,
  $today - m.stage_day AS days_live
ORDER BY coalesce(risk_tier, 0) DESC, size(gates) DESC, model
