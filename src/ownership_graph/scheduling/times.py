"""When to run: a cron expression, read by cronsim, in one time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from datetime import tzinfo

DAILY = "0 6 * * *"
NAMED = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_FIELDS = 5
_BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
_HINT = (
    "Write minute, hour, day of month, month and day of week, as in '0 6 * * *' for each day at"
    " six, or one of " + ", ".join(NAMED) + "."
)


@dataclass(frozen=True, slots=True)
class Times:
    """Some times: `text` is the expression in five fields, `zone` the name of their time zone."""

    text: str
    zone: str = "UTC"

    def after(self, moment: datetime) -> datetime:
        """The first of the times after that moment, in the zone."""
        return next(CronSim(self.text, moment.astimezone(zone_of(self.zone))))

    def told(self) -> str:
        """The times in words.

        >>> Times("0 6 * * *").told()
        'At 06:00 every day'
        """
        return self.parsed().explain()

    def parsed(self) -> CronSim:
        """The fields as sets of numbers."""
        return CronSim(self.text, _BEFORE)


def times(text: str, zone: str = "UTC") -> Times:
    """The times of a cron expression, or of one of cron's names, as `@daily`.

    Raises:
        UsageError: the expression or the zone is none, or the time never comes.
    """
    expression = NAMED.get(text.strip().lower(), " ".join(text.split()))
    if len(expression.split()) != _FIELDS:
        raise UsageError(f"reading the times '{text}': these are not five fields. {_HINT}")
    zone_of(zone)
    try:
        next(CronSim(expression, _BEFORE))
    except CronSimError as error:
        reason = str(error).replace("Bad ", "the field cannot be read: ")
        raise UsageError(f"reading the times '{text}': {reason}. {_HINT}") from error
    except StopIteration:
        raise UsageError(f"reading the times '{text}': such a day never comes. {_HINT}") from None
    return Times(expression, zone)


def zone_of(name: str) -> tzinfo:
    """The time zone of that name.

    Raises:
        UsageError: there is none of that name.
    """
    if name == "UTC":
        return UTC  # which needs no file
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(
            f"reading the time zone: '{name}' is not known here. Write it as in Europe/Berlin, or"
            " leave it out for UTC."
        ) from error
