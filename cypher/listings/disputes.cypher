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
// column subject: text -- the fact: a node by label and id, a relationship with both ends
// column about: text -- what they differ on
// column believed: text -- what the graph shows
// column said: list of text -- what each source says, the most believed first
CALL () {
  MATCH (n:Person|Team|Model|Dataset|Service|UseCase|Gate|Approval|Result|Criterion|TradeOff
    |Incentive|Decision|Incident)
  WHERE n.disputed IS NOT NULL
  RETURN n.key AS subject, n.disputed AS about, n.claims AS claims
  UNION ALL
  MATCH ()-[r]->()
  WHERE r.disputed IS NOT NULL
  RETURN r.key AS subject, r.disputed AS about, r.claims AS claims
}
RETURN subject, about, claims, [] AS said
ORDER BY subject
