// Live models that the inventory of record does not know
//
// Another source sees the model in use, and the inventory that says which models there are has
// never heard of it: no owner was asked, no tier given, no gate passed. Live are pilots and
// models in production, and where nobody states the stage, what is said to run in production; in
// questions about ownership, as OWN-01, live is every model that is not retired.
// Often the model is there under another name; those of the same name are shown beside it.
//
// code: INV-01
// severity: 3
// cause: data
// effect: exposed
// remedy: Enter it into the inventory with its owner; or, where it is there under another name,
//   write that into the alias file.
// actor: the accountable owner of {model}, with the keeper of the inventory
// needs: Model by $inventory_of_record, Model beside $inventory_of_record
// among: live models
//   MATCH (m:Model)
//   WHERE coalesce(m.described, true)
//     AND (m.stage IN ['pilot', 'production']
//       OR (coalesce(m.stage, 'unknown') = 'unknown'
//         AND toLower(m.environment) IN ['production', 'prod', 'live']))
//   RETURN count(m) AS n
// control: NIST GOVERN 1.6; ISO 42001 A.5.2
// parameter inventory_of_record: text = "" -- the source that says which models there are; the
//   setting of that name
// column model: Model -- the live model that is absent
// column stage: text -- pilot or production; blank where only the environment is known
// column seen_by: list of text -- the sources that know it
// column same_name: list of Model -- models of the inventory that go by the same name
// column owners: list of Person or Team -- who owns it
// column days: int -- since when it has been in its stage, where that is known
MATCH (m:Model)
WHERE coalesce(m.described, true) AND $inventory_of_record <> ''
WITH m, $inventory_of_record IN m.sources AS in_record,
  m.stage IN ['pilot', 'production'] OR (coalesce(m.stage, 'unknown') = 'unknown'
    AND toLower(m.environment) IN ['production', 'prod', 'live']) AS live
WHERE in_record OR live
WITH m, in_record ORDER BY m.id
WITH toLower(m.name) AS name, collect(CASE WHEN NOT in_record THEN m END) AS absent,
  collect(CASE WHEN in_record THEN m.id END) AS same_name
UNWIND absent AS m
OPTIONAL MATCH (m)<-[:OWNS]-(o)
WITH m, same_name, o.id AS owner ORDER BY owner
WITH m, same_name, collect(DISTINCT owner) AS owners
RETURN m.id AS model, CASE WHEN m.stage IN ['pilot', 'production'] THEN m.stage END AS stage,
  m.sources AS seen_by, same_name, owners, $today - m.stage_day AS days
ORDER BY coalesce(stage, '') DESC, model
