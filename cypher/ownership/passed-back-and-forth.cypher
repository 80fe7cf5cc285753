// Teams that pass work back and forth
//
// Each hands the same kind of work to the other again and again: the line between them runs
// through the work. Every pass waits for somebody to pick it up.
//
// code: OWN-08
// severity: 2
// cause: owner
// effect: design
// remedy: Draw the line anew: one of the two takes the work whole.
// actor: the lead of the nearest common parent of {team, other: the two teams}
// needs: HANDED_OVER
// among: pairs of teams that hand work over
//   MATCH (one:Team)-[:HANDED_OVER]-(two:Team)
//   WHERE one.id < two.id
//   WITH DISTINCT one, two
//   RETURN count(one) AS n
// control: NIST GOVERN 2.1
// parameter min_handovers: int = 10 -- this many each way are a habit
// column team: Team -- one of the two
// column other: Team -- the other
// column there: int -- how often the one passed work to the other
// column back: int -- how often it came back
// column median_days: float -- how long a pass takes, the slower way
MATCH (team:Team)-[there:HANDED_OVER]->(other:Team)-[back:HANDED_OVER]->(team)
WHERE team.id < other.id AND there.count >= $min_handovers AND back.count >= $min_handovers
RETURN team.id AS team, other.id AS other, there.count AS there, back.count AS back,
  CASE WHEN back.median_days IS NULL OR there.median_days >= back.median_days
    THEN there.median_days ELSE back.median_days END AS median_days
ORDER BY there + back DESC, team, other
