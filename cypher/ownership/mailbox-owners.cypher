// Models owned by a mailbox or a bot
//
// A shared mailbox or a service account cannot be asked, cannot decide and cannot be held to
// account. It may be policy that mail goes there; somebody still has to stand behind it.
//
// code: OWN-04
// severity: 2
// cause: owner {accounts}
// effect: exposed
// remedy: Name the person who stands behind the mailbox as the accountable owner.
// actor: the lead of the team of {accounts}
// needs: OWNS, Person.kind
// among: live models with an accountable owner who is still here
//   MATCH (m:Model)
//   WHERE coalesce(m.stage, 'unknown') <> 'retired'
//     AND EXISTS { (m)<-[claim:OWNS]-(o) WHERE claim.role = 'accountable'
//       AND coalesce(claim.confidence, 1.0) >= $min_confidence
//       AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived'] }
//   RETURN count(m) AS n
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model that no human answers for
// column accounts: list of Person -- the mailboxes and accounts that stand as its owner
// column severity: int -- 4 for a model of risk tier 3, else 2
MATCH (o)-[claim:OWNS]->(m:Model)
WHERE claim.role = 'accountable' AND coalesce(m.stage, 'unknown') <> 'retired'
  AND coalesce(claim.confidence, 1.0) >= $min_confidence
  AND NOT coalesce(o.status, 'unknown') IN ['left', 'archived']
WITH m, collect(DISTINCT o.id) AS found,
  sum(CASE WHEN o:Person AND o.kind IN ['shared_mailbox', 'service'] THEN 0 ELSE 1 END) AS humans
WHERE humans = 0
UNWIND found AS account
WITH m, account ORDER BY account
WITH m, collect(account) AS accounts
RETURN m.id AS model, accounts, CASE WHEN m.risk_tier = 3 THEN 4 ELSE 2 END AS severity
ORDER BY severity DESC, model
