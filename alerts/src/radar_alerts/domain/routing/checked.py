"""Reads mappings, lists and times of day that a person wrote, beside the fields that rules have too."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from radar_alerts.domain.rules.field_reader import FieldReader

Fields = Mapping[Any, Any]


class Checked(FieldReader):
    """What was read; ``problems`` has a sentence for each mistake."""

    def fields(self, data: object, place: str, known: tuple[str, ...]) -> Fields:
        """Return a mapping; fields that aren't known are mistakes. Empty where it is none."""
        if not isinstance(data, Mapping):
            self.wrong(place or "the routing", f"must be a mapping with {', '.join(known)}")
            return {}
        self.unknown(data, known, f"{place}." if place else "")
        return data

    def items(self, data: object, place: str) -> Sequence[object]:
        """Return a list; a single value is a list of one."""
        if isinstance(data, list):
            return data
        if data is None or isinstance(data, Mapping):
            self.wrong(place, "must be a list")
            return ()
        return [data]

    def clock(self, data: object, place: str) -> time:
        """Return a time of day. YAML reads 18:00 without quotes as the number of minutes."""
        if isinstance(data, int) and not isinstance(data, bool) and 0 <= data < 24 * 60:
            return time(data // 60, data % 60)
        hours, colon, minutes = data.partition(":") if isinstance(data, str) else ("", "", "")
        numbers = f"{hours}{minutes}".isascii() and hours.isdecimal() and minutes.isdecimal()
        if not colon or not numbers or len(minutes) != 2 or int(hours) > 23 or int(minutes) > 59:
            self.wrong(place, 'must be a time of day such as "18:00"')
            return time()
        return time(int(hours), int(minutes))
