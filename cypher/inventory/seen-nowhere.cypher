// Models that the inventory says are live, and nobody else sees
//
// The inventory of record says that it is in use, and no other source does. Either nothing
// runs any more, and the entry keeps an owner and a review busy; or it runs where nobody looks.
// Seen means that another source says itself that the model is a pilot or in production, or
// says where it runs. One that only names it has not seen it run.
//
// code: INV-02
// severity: 2
// cause: data
// effect: data
// remedy: Ask the owner whether it still runs; retire the entry, or import what runs there.
// actor: the accountable owner of {model}
// needs: Model by $inventory_of_record, Model beside $inventory_of_record
// absence: yes
// among: live models of the inventory
//   MATCH (m:Model)
//   WHERE m.stage IN ['pilot', 'production'] AND $inventory_of_record IN m.sources
//   RETURN count(m) AS n
// then: seen_nowhere
// control: NIST GOVERN 1.6; NIST GOVERN 1.7; ISO 42001 A.5.2
// parameter inventory_of_record: text = "" -- the source that says which models there are; the
//   setting of that name
// column model: Model -- the model that only the inventory calls live
// column stage: text -- pilot or production
// column named_by: list of text -- other sources that name it, and do not say that it is in use
// column owners: list of Person or Team -- who owns it
// column days: int -- since when it has been in its stage, where that is known
MATCH (m:Model)
WHERE m.stage IN ['pilot', 'production'] AND $inventory_of_record IN m.sources
OPTIONAL MATCH (m)<-[:OWNS]-(o)
WITH m, o.id AS owner ORDER BY owner
WITH m, collect(DISTINCT owner) AS owners
RETURN m.id AS model, m.stage AS stage, m.claims AS claims, owners,
  $today - m.stage_day AS days
ORDER BY stage DESC, model
