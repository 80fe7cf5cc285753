// On what sources differ, everywhere
//
// Each node and relationship that two sources state differently: what each of them says, and
// which answer the graph shows meanwhile. What is denied by the source that is believed first
// is held off the graph, and is not here; where it is believed later, its denial is here as
// absent.
//
// code: LST-04
// severity: info
// needs: Model
// among: models that are not retired
//   MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN count(m) AS n
// then: what_sources_say
// control: NIST GOVERN 1.6
// column subject: text -- the fact: its label or relationship, and the ids
// column about: text -- what they differ on
// column believed: text -- what the graph shows
// column said: list of text -- what each source says, the most believed first
MATCH (n:Person|Team|Model|Dataset|Service|UseCase|Gate|Approval|Result|Criterion|TradeOff
  |Incentive|Decision|Incident)
OPTIONAL MATCH (n)-[r]->()
WHERE size(coalesce(r.disputed, [])) > 0
WITH n, collect(r) AS ties
WHERE size(ties) > 0 OR size(coalesce(n.disputed, [])) > 0
UNWIND [0] + [i IN range(0, size(ties) - 1) | i + 1] AS part
WITH n, part, CASE WHEN part > 0 THEN ties[part - 1] END AS r
WITH CASE WHEN part = 0 THEN n.key ELSE r.key END AS subject,
  CASE WHEN part = 0 THEN coalesce(n.disputed, []) ELSE r.disputed END AS about,
  CASE WHEN part = 0 THEN n.claims ELSE r.claims END AS claims, [] AS said
WHERE size(about) > 0
RETURN subject, about, claims, said
ORDER BY subject
