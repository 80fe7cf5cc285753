"""A cron expression as other schedulers say it, and what each of them cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cronsim import CronSim

    from ownership_graph.scheduling.times import Times

_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEK = 7
_EVERY_DAY = range(1, 32)


def refuse_extensions(times: Times, name: str) -> None:
    """Refuse `L`, `W` and `#`, which cron and Kubernetes do not know.

    Raises:
        UsageError: the expression holds one of them.
    """
    _, _, day, _, weekday = times.text.upper().split()
    names_of_days = {each.upper() for each in _DAYS}
    if "L" in day or "#" in weekday or ("L" in weekday and weekday not in names_of_days):
        raise UsageError(
            f"making a schedule for {name}: it does not know L, W or #, as in '{times.text}'."
            " Name the days by their numbers, or use the scheduler systemd."
        )


def calendar_lines(times: Times) -> tuple[str, ...]:
    """The values of systemd's OnCalendar that come to the same times.

    >>> from ownership_graph.scheduling.times import Times
    >>> calendar_lines(Times("0 6 * * 1-5"))
    ('Mon,Tue,Wed,Thu,Fri *-*-* 06:00:00 UTC',)
    >>> calendar_lines(Times("30 6 1 * 1", "Europe/Berlin"))
    ('*-*-01 06:30:00 Europe/Berlin', 'Mon *-*-* 06:30:00 Europe/Berlin')

    Raises:
        UsageError: systemd cannot say it.
    """
    found = times.parsed()
    months = _listed(found.months, range(1, 13))
    clock = f"{_listed(found.hours, range(24))}:{_listed(found.minutes, range(60))}:00"
    return tuple(
        f"{weekday + ' ' if weekday else ''}*-{months}{day} {clock} {times.zone}"
        for weekday, day in _days(found, times)
    )


def _days(found: CronSim, times: Times) -> Iterator[tuple[str, str]]:
    """Pairs of weekdays and days of the month, any of which is a day to run."""
    monthly = _days_of_month(found, times)
    weekly = _days_of_week(found)
    if found.day_and:
        for weekday, nth in weekly:
            for day in monthly:
                yield weekday, _both(nth, day, times)
    else:
        yield from (("", day) for day in monthly)
        yield from weekly


def _both(one: str, other: str, times: Times) -> str:
    """A day of the month that is both, of which one at least must be any day."""
    if "-*" in (one, other):
        return one if other == "-*" else other
    raise _cannot(times)


def _days_of_month(found: CronSim, times: Times) -> list[str]:
    if found.LAST_WEEKDAY in found.days:
        raise _cannot(times)
    days = [day for day in found.days if day != found.LAST]
    lines = ["~01"] if found.LAST in found.days else []
    return [*lines, *([f"-{_listed(days, _EVERY_DAY)}"] if days else [])]


def _days_of_week(found: CronSim) -> list[tuple[str, str]]:
    """Weekdays, each with the days of the month among which it is meant."""
    plain = {day % _WEEK for day in found.weekdays if isinstance(day, int)}
    lines = []
    if len(plain) == _WEEK:
        lines.append(("", "-*"))
    elif plain:
        lines.append((",".join(_DAYS[day] for day in sorted(plain)), "-*"))
    for day, nth in sorted(each for each in found.weekdays if not isinstance(each, int)):
        last = nth * _WEEK
        days = "~07/1" if nth == found.LAST else f"-{last - _WEEK + 1:02}..{min(last, 31):02}"
        lines.append((_DAYS[day], days))
    return lines


def _listed(numbers: Collection[int], every: range) -> str:
    """`*`, or the numbers with commas between them."""
    wanted = sorted(numbers)
    return "*" if wanted == list(every) else ",".join(f"{each:02}" for each in wanted)


def _cannot(times: Times) -> UsageError:
    return UsageError(
        f"making a schedule for systemd: its calendar cannot say '{times.text}'. Use a simpler"
        " expression, or the option --every of a run that goes on."
    )
