// Tensions that are called settled, with nothing written
//
// Two rewards pull apart, somebody says that it is settled, and nothing says how. The next
// time the two meet, each remembers it differently.
//
// code: INC-04
// severity: 1
// cause: data
// effect: data
// remedy: Write down which reward wins in which case, and put the place into the record.
// actor: whoever is said to have settled it
// needs: CONFLICTS_WITH.reconciled
// among: pairs of rewards that are called settled
//   MATCH (one:Incentive)-[x:CONFLICTS_WITH]-(two:Incentive)
//   WHERE one.id < two.id AND x.reconciled = true
//   WITH DISTINCT one, two
//   RETURN count(one) AS n
// column incentive: Incentive -- one of the two rewards
// column other: Incentive -- the other
// column settled_by: text -- who is said to have settled it
// column wins: text -- which side is said to win
MATCH (one:Incentive)-[x:CONFLICTS_WITH]-(two:Incentive)
WHERE one.id < two.id AND x.reconciled = true AND x.written_in IS NULL
  // The other direction may say where it is written.
  AND NOT EXISTS { (one)-[y:CONFLICTS_WITH]-(other:Incentive)
    WHERE other.id = two.id AND y.written_in IS NOT NULL }
WITH one, two, x.settled_by AS settled_by, x.wins AS wins ORDER BY settled_by, wins
WITH one, two, collect(settled_by) AS settlers, collect(wins) AS won
RETURN one.id AS incentive, two.id AS other, settlers[0] AS settled_by, won[0] AS wins
ORDER BY incentive, other
