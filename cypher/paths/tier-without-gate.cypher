// Risk tiers for which no gate is defined
//
// Models of this tier are on their way, and no policy says what they must pass. Whoever asks
// for leave finds nobody to ask, and whoever does not ask breaks no rule. A model that is subject to a gate by
// name has one.
//
// code: PTH-01
// severity: 3
// cause: policy
// effect: design
// remedy: Say which gate this tier must pass, or write down that it serves itself.
// actor: the owner of the policy
// needs: Gate.min_tier, Model.risk_tier
// among: live models with a risk tier
//   MATCH (m:Model)
//   WHERE m.risk_tier IS NOT NULL AND m.stage IN ['experiment', 'pilot', 'production']
//   RETURN count(m) AS n
// control: NIST GOVERN 1.3; ISO 42001 A.6.2
// parameter self_serve_tier: int = 0 -- up to this tier no gate is wanted; the setting of that
//   name
// column tiers: list of int -- the tiers without a gate
// column models: int -- how many models are of these tiers
// column for_example: list of Model -- up to ten of them
OPTIONAL MATCH (g:Gate)
WHERE g.min_tier IS NOT NULL AND coalesce(g.since_day, $today) <= $today
  AND (g.retired_day IS NULL OR g.retired_day > $today)
WITH min(g.min_tier) AS lowest
MATCH (m:Model)
WHERE m.stage IN ['experiment', 'pilot', 'production'] AND m.risk_tier > $self_serve_tier
  AND m.risk_tier < coalesce(lowest, 4) AND NOT EXISTS { (m)-[:SUBJECT_TO]->(:Gate) }
WITH m ORDER BY m.risk_tier DESC, m.id
WITH collect(DISTINCT m.risk_tier) AS tiers, collect(m.id) AS found
WHERE size(found) > 0
RETURN tiers, size(found) AS models, found[0..10] AS for_example
