"""Which questions are asked, and with which values."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from ownership_graph.errors import UsageError
from ownership_graph.model import nearest
from ownership_graph.queries.values import value_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.queries.question import Parameter, Question
    from ownership_graph.queries.values import Scalar

TODAY = "today"


def choose(questions: Sequence[Question], words: Sequence[str]) -> tuple[Question, ...]:
    """The questions that a name, a theme or a code names, in their order; all without words.

    Errors: UsageError with the nearest known word.
    """
    if not words:
        return tuple(questions)
    folded = {word.casefold() for word in words}
    known = [word for question in questions for word in _words(question)]
    for word in words:
        if word.casefold() not in {each.casefold() for each in known}:
            raise UsageError(
                f"looking for the question '{word}': no name, theme or code is that."
                f"{nearest(word, known)} `ownership-graph queries` lists them."
            )
    return tuple(
        question
        for question in questions
        if not folded.isdisjoint(each.casefold() for each in _words(question))
    )


def towards(questions: Sequence[Question], clauses: Sequence[str]) -> tuple[Question, ...]:
    """The questions whose answers are evidence towards one of those clauses; all without any.

    Errors: UsageError with the nearest clause that is named by a question.
    """
    for clause in clauses:
        if not any(named_by(question, [clause]) for question in questions):
            known = dict.fromkeys(each for question in questions for each in question.controls)
            frameworks = ", ".join(sorted({each.framework for each in known})) or "none"
            raise UsageError(
                f"reading --control: no question here is evidence towards '{clause}'."
                f"{nearest(clause, [each.text for each in known])} Their frameworks: {frameworks}."
            )
    return tuple(each for each in questions if not clauses or named_by(each, clauses))


def named_by(question: Question, clauses: Sequence[str]) -> list[str]:
    """Those clauses of the question that are among `clauses`, whole or by their first words.

    A framework's name stands for all of its clauses.
    """
    starts = tuple(f"{' '.join(each.split())} ".casefold() for each in clauses)
    found = (each.text for each in question.controls)
    return [text for text in found if f"{text} ".casefold().startswith(starts)]


def _words(question: Question) -> tuple[str, str, str]:
    return question.name, question.theme, question.code


def with_defaults(
    questions: Sequence[Question], said: Mapping[str, object]
) -> tuple[Question, ...]:
    """The questions, with what is said as the default of each parameter of that name.

    It is how settings reach a question. Errors: UsageError where a value is not of the
    parameter's type.
    """
    return tuple(
        replace(
            question,
            parameters=tuple(
                replace(each, default=_value(question, each, said)) for each in question.parameters
            ),
        )
        for question in questions
    )


def values_in_force(
    questions: Sequence[Question], given: Mapping[str, object], *, today: int
) -> list[dict[str, Scalar]]:
    """The values of each question's parameters: those given, the defaults, and the day.

    A value given reaches every question that has such a parameter. Errors: UsageError where
    none has, or the value is not of the parameter's type.
    """
    known = {each.name for question in questions for each in question.parameters}
    for name in given:
        if name == TODAY:
            raise UsageError(f"setting '{name}': the day is set by --today.")
        if name not in known:
            raise UsageError(
                f"setting '{name}': none of these questions has such a parameter."
                f"{nearest(name, known)} `ownership-graph queries show` lists them."
            )
    return [
        {TODAY: today} | {each.name: _value(question, each, given) for each in question.parameters}
        for question in questions
    ]


def _value(question: Question, parameter: Parameter, given: Mapping[str, object]) -> Scalar:
    if parameter.name not in given:
        return parameter.default
    wanted = given[parameter.name]
    if parameter.type == "text" and isinstance(wanted, int | float):
        # The command line reads 7 as a number before anyone knows that a text is wanted.
        return msgspec.json.encode(wanted).decode()
    value = value_of(parameter.type, wanted)
    if value is None:
        raise UsageError(
            f"setting '{parameter.name}' of {question.code}: {wanted!r} is no {parameter.type}."
            f" Right is {parameter.name}={msgspec.json.encode(parameter.default).decode()}."
        )
    return value
