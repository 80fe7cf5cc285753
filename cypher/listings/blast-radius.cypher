// What stands on each model, and who has to be told
//
// Before a model is changed, stopped or sold off: how many others stand on it, directly or through
// models and services that do, up to twelve steps away; how many of those are in production, and who
// answers for them. Those come first on which most stands in production. What is retired runs no
// more, and nothing is reached through it. `ownership-graph impact MODEL` shows one of them whole.
//
// code: LST-06
// severity: info
// needs: DEPENDS_ON to Model
// among: models that are not retired
//   MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN count(m) AS n
// then: standing_on_each
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_relying: int = 1 -- leave out models on which fewer others stand
// column model: Model -- the model
// column in_production: int -- how many models in production stand on it
// column relying: int -- how many models do, whatever their stage
// column direct: int -- how many of them directly
// column risk_tier: int -- the highest risk tier among them, where any is classified
// column owners: list of Person or Team -- who answers for the model, else whoever owns it
// column to_tell: list of Person or Team -- the same for those that stand on it, most of them first;
//   up to ten
// column unowned: int -- for how many of them nobody is known who is still here
MATCH (x:Model|Service)
WHERE coalesce(x.stage, 'unknown') <> 'retired'
  AND (EXISTS { (x)-[:DEPENDS_ON]->() } OR EXISTS { (x)<-[:DEPENDS_ON]-() })
WITH x, [(x)<-[claim:OWNS]-(o) WHERE coalesce(claim.confidence, 1.0) >= 0.5
  AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
  | {id: o.id, answers: coalesce(claim.role, '') = 'accountable'}] AS owners
RETURN x.id AS id, x:Model AS is_model, x.stage = 'production' AS live, x.risk_tier AS risk_tier,
  [(x)-[:DEPENDS_ON]->(y:Model|Service) | y.id] AS stands_on, owners
ORDER BY id
