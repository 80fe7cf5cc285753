// What acts alone and nobody by name can stop
//
// The model acts without asking anybody, at a tier where that can hurt, and no person is named
// who can stop it: no human owner in any role, no lead or deputy of a team that is accountable or
// has the oversight, nobody named to decide that it stops. At night there will be nobody to call.
//
// code: OVR-01
// severity: 4
// cause: owner {owners}
// effect: exposed
// remedy: Name today who may switch it off at any hour, and tell those who run it.
// actor: the accountable owner of {model}
// needs: Model.autonomy, Model.risk_tier, OWNS
// among: models that act alone at that tier
//   MATCH (m:Model)
//   WHERE m.autonomy = 'acts_alone' AND m.risk_tier >= $from_tier
//     AND NOT coalesce(m.stage, 'unknown') IN ['idea', 'retired']
//   RETURN count(m) AS n
// control: NIST GOVERN 3.2; NIST MANAGE 2.4; EU AI Act 14; EU AI Act 26(2); OMB M-25-21 4(b)(v)
// parameter from_tier: int = 2 -- leave out models of a lower risk tier
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model
// column stage: text -- how far it has come
// column owners: list of Person or Team -- who owns it, without being a person to call
MATCH (m:Model)
WHERE m.autonomy = 'acts_alone' AND m.risk_tier >= $from_tier
  AND NOT coalesce(m.stage, 'unknown') IN ['idea', 'retired']
  AND NOT EXISTS { (m)<-[claim:OWNS]-(p:Person)
    WHERE coalesce(claim.confidence, 1.0) >= $min_confidence
      AND coalesce(p.status, 'unknown') <> 'left'
      AND NOT coalesce(p.kind, 'human') IN ['shared_mailbox', 'service'] }
  AND NOT EXISTS { (m)<-[claim:OWNS]-(t:Team)<-[s:MEMBER_OF]-(p:Person)
    WHERE claim.role IN ['accountable', 'oversight'] AND s.role IN ['lead', 'deputy']
      AND coalesce(claim.confidence, 1.0) >= $min_confidence
      AND coalesce(t.status, 'unknown') <> 'archived'
      AND coalesce(p.status, 'unknown') <> 'left'
      AND NOT coalesce(p.kind, 'human') IN ['shared_mailbox', 'service'] }
  AND NOT EXISTS { (m)<-[:ABOUT]-(k:Decision)-[part:NEEDS]->(p:Person)
    WHERE k.kind = 'stop' AND coalesce(part.role, 'decide') = 'decide'
      AND coalesce(p.status, 'unknown') <> 'left'
      AND NOT coalesce(p.kind, 'human') IN ['shared_mailbox', 'service'] }
OPTIONAL MATCH (m)<-[claim:OWNS]-(o) WHERE coalesce(claim.confidence, 1.0) >= $min_confidence
WITH m, o.id AS owner ORDER BY owner
WITH m, collect(DISTINCT owner) AS owners
RETURN m.id AS model, m.stage AS stage, owners
ORDER BY coalesce(m.risk_tier, 0) DESC, model
