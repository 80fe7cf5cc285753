"""The words with which people name columns and values, and what the model calls them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.model import LABELS
from ownership_graph.readers.guessing.columns import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.readers.guessing.columns import Column

IDS = ("id", "key", "identifier", "uid", "number", "no", "ref", "reference", "code")
NAMES = ("name", "title", "use case", "model", "system", "application", "project")
TEAMS = (
    "team", "department", "bureau", "agency", "office", "division", "unit", "organisation",
    "organization", "group", "area", "domain",
)  # fmt: skip
PERSONS = ("person", "email", "mail", "contact", "lead", "manager", "scientist", "engineer")

_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "stage": ("stage", "lifecycle", "phase", "maturity", "deployment status", "status"),
    "stage_day": ("since", "stage date", "status date", "go live", "live", "deployed",
                  "deployment", "implementation date", "production date"),
    "target_day": ("target", "target date", "planned", "due"),
    "classified_day": ("classified date", "classification date", "assessment date"),
    "risk_tier": ("risk", "tier", "criticality", "impact level"),
    "autonomy": ("autonomy", "human oversight", "automation"),
    "version": ("version", "release"),
    "vendor": ("vendor", "supplier", "provider"),
    "licence": ("licence", "license"),
    "environment": ("environment", "env"),
    "kind": ("kind", "type", "category", "technique"),
    "experiments_per_month": ("experiment",),
}  # fmt: skip
_ROLES: tuple[tuple[str, str], ...] = (
    ("business owner", "business"),
    ("technical owner", "technical"),
    ("technical lead", "technical"),
    ("developer", "technical"),
    ("engineer", "technical"),
    ("scientist", "technical"),
    ("risk owner", "risk"),
    ("responsible", "responsible"),
    ("owner", "accountable"),
    ("owned", "accountable"),
    ("owning", "accountable"),
    ("accountable", "accountable"),
    ("steward", "responsible"),
)
_STANDS_ON: tuple[tuple[str, str, str], ...] = (
    ("base model", "Model", "calls"),
    ("foundation model", "Model", "calls"),
    ("dataset", "Dataset", "trained_on"),
    ("training data", "Dataset", "trained_on"),
    ("platform", "Service", "hosted_on"),
    ("system name", "Service", "hosted_on"),
)
_VALUES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "stage": (
        ("retired", ("retired", "retire", "decommissioned", "sunset", "archived", "cancelled",
                     "canceled", "ended", "withdrawn", "discontinued")),
        ("idea", ("idea", "planned", "planning", "ideation", "proposed", "backlog")),
        ("pilot", ("pilot", "trial", "implementation", "test", "testing", "beta", "staging",
                   "uat", "review")),
        ("experiment", ("experiment", "development", "developing", "dev", "research", "poc",
                        "prototype", "concept", "initiated", "initiation", "acquisition",
                        "draft")),
        ("production", ("production", "prod", "live", "use", "deployed", "operation",
                        "operational", "released", "release", "mission", "active", "final")),
    ),
    "risk_tier": (
        ("3", ("3", "high", "critical", "unacceptable", "severe", "significant")),
        ("2", ("2", "medium", "moderate", "limited")),
        ("1", ("1", "low", "minimal", "no", "negligible")),
    ),
    "autonomy": (
        ("acts_after_approval", ("approval", "loop", "approved", "semi")),
        ("acts_alone", ("alone", "autonomous", "automatic", "automated", "full", "fully")),
        ("advises", ("advise", "advisory", "advice", "recommend", "recommendation", "assist",
                     "support", "decision")),
    ),
}  # fmt: skip
_NOT_YET = ("not in production", "not yet in production", "not live")


def says(column: Column, *phrases: str) -> bool:
    """Whether all words of one of the phrases are in the column's header."""
    return any(set(words(each)) <= set(column.words) for each in phrases)


def property_of(column: Column) -> str:
    """The property of a model that the column seems to hold, or an empty text."""
    known = LABELS["Model"].properties
    exact = "_".join(column.words)
    candidates = {exact, f"{exact}_day"} & set(known) - {"id", "name"}
    candidates |= {name for name, phrases in _PROPERTIES.items() if says(column, *phrases)}
    fitting = [name for name in known if name in candidates and _can_hold(column, name)]
    return fitting[0] if fitting else ""


def _can_hold(column: Column, name: str) -> bool:
    kind = LABELS["Model"].properties[name].kind
    if kind == "day":
        return column.date_formats is not None
    if name in _VALUES:
        return column.is_list_of_words and any(sort_of(name, each) for each in column.different)
    return column.holds_numbers if kind in {"int", "float"} else column.is_list_of_words


def sort_of(name: str, value: str) -> str:
    """Which of the property's values the text means, or an empty text.

    >>> sort_of("stage", "In production: 1 year"), sort_of("stage", "Planned (not in production)")
    ('production', 'idea')
    """
    small = value.casefold()
    for each in _NOT_YET:
        small = small.replace(each, "")
    meant = set(words(small))
    return next((result for result, known in _VALUES[name] if meant & {*known}), "")


def has_list(name: str) -> bool:
    """Whether the values of the property must be sorted."""
    return name in _VALUES


def role_of(column: Column) -> str:
    """The role of those whom the column names, or an empty text."""
    return next((role for phrase, role in _ROLES if says(column, phrase)), "")


def stands_on(column: Column) -> tuple[str, str]:
    """The label of what the model stands on by this column, and in which way; or two blanks."""
    found = ((label, kind) for phrase, label, kind in _STANDS_ON if says(column, phrase))
    return next(found, ("", ""))


def names_persons(column: Column) -> bool:
    """Whether the column names persons rather than teams."""
    if column.holds_addresses or says(column, *PERSONS):
        return True
    return column.holds_names and not says(column, *TEAMS)


def is_unsure_who(column: Column) -> bool:
    """Whether only its values tell persons from teams, and they look like both."""
    told = column.holds_addresses or says(column, *PERSONS, *TEAMS)
    return not told and column.is_mixed
