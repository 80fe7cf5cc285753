// Names that no source describes
//
// Ends of relationships of which nobody says who or what they are: a person who is in no
// directory, a model that is in no inventory, or one that another source calls otherwise. The
// alias file joins the latter.
//
// code: LST-05
// severity: info
// needs: Model
// among: models that are not retired
//   MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN count(m) AS n
// control: NIST GOVERN 1.6
// column label: text -- what it would be
// column id: text -- the name that is used
// column facts: int -- in how many relationships
// column named_by: list of text -- the sources that use it
MATCH (n:Person|Team|Model|Dataset|Service|UseCase|Gate|Approval|Result|Criterion|TradeOff
  |Incentive|Decision|Incident)-[r]-()
WHERE n.described = false
UNWIND r.sources AS source
WITH n, r.key AS key, source
ORDER BY source
WITH n, count(DISTINCT key) AS facts, collect(DISTINCT source) AS named_by
RETURN labels(n)[0] AS label, n.id AS id, facts, named_by
ORDER BY facts DESC, label, id
