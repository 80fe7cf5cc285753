// Open incidents on models that nobody answers for
//
// Something went wrong with the model, it is not over, and no team or person who is still
// here is accountable for the model. Nobody has to close it, and nobody has to tell why.
//
// code: OUR-01
// severity: 3
// cause: owner
// remedy: Give the incident to somebody by name today, and settle who takes the model over.
// actor: whoever opened the incident
// needs: CONCERNS from Incident, OWNS role accountable
// among: open incidents
//   MATCH (i:Incident) WHERE i.closed_day IS NULL RETURN count(i) AS n
// parameter min_days: int = 7 -- younger incidents are still being sorted
// column incident: Incident -- the incident that is not over
// column model: Model -- the model that nobody answers for
// column days: int -- since when it has been open
MATCH (i:Incident)-[:CONCERNS]->(m:Model)
WHERE i.closed_day IS NULL AND $today - i.opened_day >= $min_days
  AND NOT EXISTS { (o)-[claim:OWNS]->(m)
    WHERE claim.role = 'accountable' AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] }
RETURN i.id AS incident, m.id AS model, $today - i.opened_day AS days
ORDER BY days DESC, incident, model
