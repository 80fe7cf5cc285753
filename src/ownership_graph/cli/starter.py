"""The first operating model, with defaults that hold in many organisations, and are assumed."""

from __future__ import annotations

from typing import Final

FILE: Final = "operating-model.toml"
IMPORTER: Final = "operating_model"
WHAT: Final = "rewards, tensions and decision rights, which no system of record holds"

TEXT: Final = """\
# The operating model: what no system of record holds. Ten minutes are enough to begin.
# Take out what is wrong, write what is right, then put your name here: until then rewards and
# tensions count as assumed. They are drawn and listed, and are never a finding.
confirmed_by = ""

# Which teams belong to which function, by patterns of their names, where no source says it.
# The first that fits counts.
[teams]
legal       = ["*legal*", "*privacy*", "*compliance*", "*data protection*"]
risk        = ["*risk*", "*audit*"]
security    = ["*security*"]
leadership  = ["*executive*", "*leadership*", "*board of directors*"]
operations  = ["*operations*", "*support*", "*reliability*"]
product     = ["*product*", "*growth*"]
data        = ["*data*", "*analytics*", "*machine learning*"]
engineering = ["*engineering*", "*platform*", "*developer*"]

# What each function is rewarded for; the first counts most. It holds for each of its teams that
# states no reward of its own.
# One of correctness, elegance, speed, differentiation, stability, defensibility, outcome, cost,
# coverage, or a word of yours.
[reward]
engineering = ["correctness", "elegance"]
product     = ["speed", "differentiation"]
legal       = ["defensibility"]
risk        = ["defensibility", "coverage"]
operations  = ["stability"]
leadership  = ["outcome"]

# Rewards that pull apart. Say who settles it (a team or a post; blank: nobody does), which side
# wins, always or by tier, and where that is written.
#   wins = {1 = "speed", 3 = "defensibility"}
#   settled_by = "AI board"
#   written_in = "https://wiki.example.org/ai-policy"
[[tension]]
between = ["speed", "defensibility"]
wins = ""
settled_by = ""
written_in = ""

[[tension]]
between = ["speed", "stability"]
wins = ""
settled_by = ""
written_in = ""

[[tension]]
between = ["correctness", "speed"]
wins = ""
settled_by = ""
written_in = ""

[[tension]]
between = ["differentiation", "stability"]
wins = ""
settled_by = ""
written_in = ""

[[tension]]
between = ["outcome", "defensibility"]
wins = ""
settled_by = ""
written_in = ""

[[tension]]
between = ["outcome", "stability"]
wins = ""
settled_by = ""
written_in = ""

# Who may make which decision: a team, a person, or a list of them of whom each may.
# Blank: nobody said. What is written here counts only when confirmed_by is filled.
[decides]
promote       = ""
stop          = ""
roll_back     = ""
retire        = ""
accept_risk   = ""
choose_metric = ""
merge_pilots  = ""
fund          = ""
change_policy = ""

# Work that no system of record knows; ten rows will do. It counts only when confirmed_by is
# filled. A request that is over gets a result and a day: history is never taken out.
# [[work]]
# model = "claims triage"
# owner = "product"
# stage = "pilot"            # idea, experiment, pilot, production, retired
# tier = 2                   # 1 low, 2, 3 high
# waits_at = "legal"
# since = 2026-08-01
# result = "approved"        # when it is over, with
# decided = 2026-11-01
"""

SURVEY_FILE: Final = "survey.csv"
SURVEY_IMPORTER: Final = "survey"
SURVEY_WHAT: Final = "five questions about each model, put to each function"
SURVEY_ASK: Final = (
    "Have survey.csv filled in, a row a function and model; then write one such table for each"
    " function that answered."
)
SURVEY: Final = (
    "function,model,who owns it?,what stage?,what tier?,what is good enough?,who decides next?\n"
)
