// Pilots and live models without an agreed bar
//
// Nobody has agreed what "good enough" means for this model, so no result can pass or fail,
// and each decision starts the argument anew. A bar, its own or its use case's, says how much is
// enough. It counts as agreed when somebody of the accountable side and somebody who decides its
// requests, or may decide at a gate that it must pass, have both agreed; where nobody wrote down
// who agreed, the word "agreed" is believed.
//
// code: CRI-03
// severity: 3
// cause: criterion
// effect: design
// remedy: Agree one bar with one decider before the next experiment is run.
// actor: the accountable owner of {model}, with a decider at the next gate
// needs: JUDGED_BY
// absence: yes
// among: pilots and models in production
//   MATCH (m:Model) WHERE m.stage IN ['pilot', 'production'] RETURN count(m) AS n
// control: NIST MEASURE 1.1; ISO 42001 A.6.2; EU AI Act 17; OMB M-25-21 4(b)(i)
// parameter min_confidence: float = 0.5 -- a stated owner below this confidence is a hint
// column model: Model -- the model without an agreed bar
// column stage: text -- pilot or production
// column proposed: list of Criterion -- bars that are still only proposed for it
// column one_sided: list of Criterion -- bars that only one side has agreed to
MATCH (m:Model)
WHERE m.stage IN ['pilot', 'production']
  AND NOT EXISTS { (m)-[j:JUDGED_BY]->(c:Criterion)
    WHERE j.status = 'agreed' AND j.agreed_by IS NULL
      AND (j.until_day IS NULL OR j.until_day > $today)
      AND (c.threshold IS NOT NULL OR c.threshold_text IS NOT NULL
        OR coalesce(c.described, true) = false) }
  AND NOT EXISTS { (m)-[:SERVES]->(:UseCase)-[j:JUDGED_BY]->(c:Criterion)
    WHERE j.status = 'agreed' AND j.agreed_by IS NULL
      AND (j.until_day IS NULL OR j.until_day > $today)
      AND (c.threshold IS NOT NULL OR c.threshold_text IS NOT NULL
        OR coalesce(c.described, true) = false) }
WITH m,
  [(m)-[j:JUDGED_BY]->(c:Criterion)
    WHERE j.status = 'agreed' AND j.agreed_by IS NOT NULL
      AND (j.until_day IS NULL OR j.until_day > $today)
      AND (c.threshold IS NOT NULL OR c.threshold_text IS NOT NULL
        OR coalesce(c.described, true) = false)
    | {id: c.id, by: j.agreed_by}]
  + [(m)-[:SERVES]->(:UseCase)-[j:JUDGED_BY]->(c:Criterion)
    WHERE j.status = 'agreed' AND j.agreed_by IS NOT NULL
      AND (j.until_day IS NULL OR j.until_day > $today)
      AND (c.threshold IS NOT NULL OR c.threshold_text IS NOT NULL
        OR coalesce(c.described, true) = false)
    | {id: c.id, by: j.agreed_by}]
  AS signed
UNWIND CASE WHEN size(signed) = 0 THEN [null] ELSE signed END AS bar
UNWIND CASE WHEN bar IS NULL OR size(bar.by) = 0 THEN [null] ELSE bar.by END AS who
OPTIONAL MATCH (p:Person {id: who})
WITH m, bar.id AS bar, who,
  CASE WHEN p IS NULL THEN []
    ELSE [(p)-[s:MEMBER_OF]->(t:Team) WHERE coalesce(s.role, 'member') <> 'liaison' | t.id]
    END AS teams
WITH m, bar, collect(who) AS voices, collect(teams) AS groups
WITH m, bar, reduce(known = voices, each IN groups | known + each) AS voices,
  CASE WHEN bar IS NULL THEN []
    ELSE [(m)<-[claim:OWNS]-(o)
      WHERE claim.role = 'accountable' AND coalesce(claim.confidence, 1.0) >= $min_confidence
      | o.id] END AS answering,
  CASE WHEN bar IS NULL THEN []
    ELSE [(m)<-[:CONCERNS]-(:Approval)-[d:DECIDED_BY]->(judge)
        WHERE coalesce(d.role, 'decide') IN ['decide', 'agree'] | judge.id]
      + [(m)-[:SUBJECT_TO]->(g:Gate)<-[:CAN_DECIDE]-(judge)
        WHERE coalesce(g.since_day, $today) <= $today
          AND (g.retired_day IS NULL OR g.retired_day > $today) | judge.id]
      + [(g:Gate)<-[:CAN_DECIDE]-(judge)
        WHERE g.min_tier <= m.risk_tier AND g.applies_when IS NULL
          AND coalesce(g.since_day, $today) <= $today
          AND (g.retired_day IS NULL OR g.retired_day > $today) | judge.id] END AS deciding
// Where no such side is known, nobody can say that it did not agree.
WITH m, bar,
  (size(answering) > 0 AND none(voice IN voices WHERE voice IN answering))
    OR (size(deciding) > 0 AND none(voice IN voices WHERE voice IN deciding)) AS half
ORDER BY bar
WITH m, count(bar) AS signed, collect(CASE WHEN half THEN bar END) AS one_sided
WHERE size(one_sided) = signed
OPTIONAL MATCH (m)-[j:JUDGED_BY]->(c:Criterion)
WHERE j.status = 'proposed' AND (j.until_day IS NULL OR j.until_day > $today)
WITH m, one_sided, c.id AS bar ORDER BY bar
WITH m, one_sided, collect(bar) AS proposed
RETURN m.id AS model, m.stage AS stage, proposed, one_sided
ORDER BY stage DESC, model
