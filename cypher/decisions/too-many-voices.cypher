// Decisions with too many voices
//
// So many take part that each can wait for the others, or so many hold a veto that somebody
// always will. What everyone must agree to is decided by nobody.
//
// code: DEC-04
// severity: 2
// cause: policy
// effect: design
// remedy: Leave one to decide and at most two to agree; the others are asked or told.
// actor: whoever decides, else the nearest common superior of {vetoes: those who must agree}
// needs: NEEDS
// among: open decisions
//   MATCH (k:Decision) WHERE k.status = 'open' RETURN count(k) AS n
// control: NIST GOVERN 2.1; ISO 42001 5.3
// parameter max_voices: int = 9 -- more who take part are too many
// parameter max_vetoes: int = 2 -- more who must agree are too many
// column decision: Decision -- the decision
// column about: list of Model or UseCase or Gate or Criterion -- what it is about
// column voices: int -- how many take part
// column vetoes: list of Person or Team -- who must agree
// column days: int -- for how long it has been open
MATCH (k:Decision)-[part:NEEDS]->(o)
WHERE k.status = 'open'
WITH k, o.id AS voice, part.role AS role ORDER BY voice
WITH k, count(DISTINCT voice) AS voices,
  collect(DISTINCT CASE WHEN role = 'agree' THEN voice END) AS vetoes
WHERE voices > $max_voices OR size(vetoes) > $max_vetoes
OPTIONAL MATCH (k)-[:ABOUT]->(x)
WITH k, voices, vetoes, x.id AS thing ORDER BY thing
WITH k, voices, vetoes, collect(DISTINCT thing) AS about
RETURN k.id AS decision, about, voices, vetoes, $today - k.raised_day AS days
ORDER BY voices DESC, decision
