// Who owns which model, and who says so
//
// Each owner of each model, in which role and for which part, how sure the sources are, and
// which of them say so. To look at before anybody is blamed.
//
// code: LST-01
// severity: info
// needs: OWNS
// among: models that are not retired
//   MATCH (m:Model) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN count(m) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_confidence: float = 0.0 -- leave out what the sources are less sure of
// column model: Model -- the model
// column owner: Person or Team -- the owner
// column role: text -- in which role
// column part: text -- for which part; all where nothing is said
// column said_by: list of text -- the sources that say so, the most believed first
// column confidence: float -- how sure they are, where they say
// column days: int -- since when it holds, where that is known
// column here: bool -- false where the owner has left or was dissolved
MATCH (m:Model)<-[claim:OWNS]-(o)
WHERE coalesce(m.stage, 'unknown') <> 'retired'
  AND coalesce(claim.confidence, 1.0) >= $min_confidence
RETURN m.id AS model, o.id AS owner, claim.role AS role, coalesce(claim.scope, 'all') AS part,
  coalesce(claim.sources, []) AS said_by, claim.confidence AS confidence,
  $today - claim.since_day AS days,
  NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] AS here
ORDER BY model, coalesce(role, ''), part, owner
