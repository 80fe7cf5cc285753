"""Who can be put where: whether the steps of a workflow can be shared out, and if not, why.

The question is the workflow satisfiability problem (Wang and Li 2010, "Satisfiability and
resiliency in workflow authorization systems"; Crampton, Gutin and Yeo 2013, "On the
parameterized complexity and kernelization of the workflow satisfiability problem"), with
separation and binding of duty, several who must agree at one step, committees, and deputies.
It is hard in the number of steps alone, which is small, so it is answered exactly.
"""

from ownership_graph.assignments.changes import Change, single_changes, smallest_help
from ownership_graph.assignments.reasons import Reason, smallest_reason
from ownership_graph.assignments.resilience import indispensable
from ownership_graph.assignments.solving import Chosen, Solved, solve
from ownership_graph.assignments.workflow import Step, Voice, Way, Workflow

__all__ = [
    "Change",
    "Chosen",
    "Reason",
    "Solved",
    "Step",
    "Voice",
    "Way",
    "Workflow",
    "indispensable",
    "single_changes",
    "smallest_help",
    "smallest_reason",
    "solve",
]
