// Pilots and live models without an agreed trade-off
//
// More accuracy costs money, more caution costs speed. Where nobody has written down which
// wins, each function decides by its own ranking, and the model is sent round until one tires.
// A trade-off of a use case covers what serves it; where nobody wrote down whether a trade-off is
// agreed, it is believed.
//
// code: TOF-01
// severity: 2
// cause: criterion {use_cases}
// effect: design
// remedy: Write one sentence on what wins over what for its use case, and have it agreed.
// actor: the owner of {use_cases}, else the accountable owner of {model}
// needs: COVERS
// absence: yes
// among: pilots and models in production
//   MATCH (m:Model) WHERE m.stage IN ['pilot', 'production'] RETURN count(m) AS n
// control: ISO 42001 A.6.2
// column model: Model -- the model without an agreed trade-off
// column use_cases: list of UseCase -- what it serves; a trade-off of these would cover it
// column drafts: list of TradeOff -- trade-offs that exist as drafts only
// column in_tension: list of text -- the dimensions by which it is judged
MATCH (m:Model)
WHERE m.stage IN ['pilot', 'production']
  AND NOT EXISTS { (m)<-[:COVERS]-(x:TradeOff) WHERE coalesce(x.status, 'agreed') = 'agreed' }
  AND NOT EXISTS { (m)-[:SERVES]->(:UseCase)<-[:COVERS]-(x:TradeOff)
    WHERE coalesce(x.status, 'agreed') = 'agreed' }
OPTIONAL MATCH (m)-[:SERVES]->(u:UseCase)
WITH m.id AS model, u.id AS use_case ORDER BY use_case
WITH model, collect(use_case) AS use_cases
OPTIONAL MATCH (:Model {id: model})-[:JUDGED_BY]->(c:Criterion)
WITH model, use_cases, c.dimension AS dimension ORDER BY dimension
WITH model, use_cases, collect(DISTINCT dimension) AS in_tension
MATCH (m:Model {id: model})
WITH model, use_cases, in_tension,
  [(m)<-[:COVERS]-(x:TradeOff) | x.id]
  + [(m)-[:SERVES]->(:UseCase)<-[:COVERS]-(x:TradeOff) | x.id] AS found
UNWIND CASE WHEN size(found) = 0 THEN [null] ELSE found END AS draft
WITH model, use_cases, in_tension, draft ORDER BY draft
WITH model, use_cases, in_tension, collect(DISTINCT draft) AS drafts
RETURN model, use_cases, drafts, in_tension
ORDER BY model
