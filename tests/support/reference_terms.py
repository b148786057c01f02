"""The rules of contract terms once more, in the plainest form: every question is answered by looking at everything.

It shares no code with the reader. Days are UTC. A line is a list of terms, each a dict; a word is the event's data as
a dict, with ``told`` (its day) and ``kind``.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec

from radar_health_score.domain.account.attributes import Patch

Word = dict[str, Any]
Line = list[dict[str, Any]]
NEVER, EVER = date.max, date.min
KEPT = ("product", "seats", "auto_renew", "notice_days", "trial")


def reference_terms(patches: Sequence[Patch]) -> list[dict[str, Any]]:
    """Return the terms: contract, line, starts, renews, closing, seats, trial and the MRR agreed from day to day."""
    words = sorted((_word(patch) for patch in patches), key=_order)
    found: list[dict[str, Any]] = []
    for contract in sorted({word["contract_id"] for word in words}):
        for number, (line, shared) in enumerate(
            _lines(_opened([one for one in words if one["contract_id"] == contract]))
        ):
            terms = _finished(_read(line, shared))
            found += [{"contract": contract, "line": number, **term} for term in terms]
    return _moved(found)


def _word(patch: Patch) -> Word:
    data: Word = msgspec.to_builtins(patch.data)
    for name, value in data.items():
        if value is not None and (name.endswith("_on") or name == "on"):
            data[name] = date.fromisoformat(value)
        if value is not None and name.endswith("mrr"):
            data[name] = value["amount"]
    stamp = patch.valid_at, patch.known_at, patch.position
    told = datetime.fromtimestamp(patch.valid_at / 1e6, UTC).date()
    return {"kind": patch.kind, "stamp": stamp, "told": told, "says": dict(data), **data}


def _order(word: Word) -> tuple[int, bool, int, int]:
    """A closing before what is said at that moment; a renewal no later than the first moment of its day."""
    valid_at, known_at, position = word["stamp"]
    if word["kind"] == "closing" and word["outcome"] not in {None, "churned"}:
        start = datetime.combine(word["on"], datetime.min.time(), UTC)
        valid_at = min(valid_at, int(start.timestamp() * 1_000_000))
    return valid_at, word["kind"] == "contract", known_at, position


def _opened(words: list[Word]) -> list[Word]:
    """A closing that nothing precedes waits for the words of the first update's moment that name a term it may end."""
    updates = [word for word in words if word["kind"] == "contract"]
    if not updates:
        return words
    moment = updates[0]["stamp"][0]
    waiting = words[: words.index(updates[0])]
    rest = words[len(waiting) :]
    behind: dict[int, list[Word]] = {}
    for word in waiting:
        place = 0
        for at, update in enumerate(rest, 1):
            if update["kind"] != "contract" or update["stamp"][0] != moment:
                break
            starts = update.get("starts_on")
            if word["outcome"] is None or word["stamp"][0] < moment or not starts:
                continue
            if starts < word["on"] or (starts == word["on"] and word["outcome"] == "churned"):
                place = at
        behind.setdefault(place, []).append(word)
    found = behind.get(0, [])
    for at, word in enumerate(rest, 1):
        found += [word, *behind.get(at, [])]
    return found


def _lines(words: list[Word]) -> list[tuple[list[Word], list[Word]]]:
    """Return each line's words and which of its closings end other lines' terms too."""
    if len({word["product"] for word in words if word.get("product")}) < 2:
        return [(words, [])]
    lines: list[dict[str, Any]] = []
    early: list[Word] = []
    for word in words:
        if word["kind"] == "contract":
            line = _line_about(lines, word)
            if line is None:
                line = {"product": None, "open": [], "words": [], "spoken": None, "closed": None}
                lines.append(line)
            _say_in_line(line, word)
        elif not lines:
            early.append(word)
        elif word["outcome"] is None:
            for line in _lines_closed_last(lines, words):
                line["words"].append(word)
        else:
            for line, due in _lines_ended(lines, word, words):
                line["closed"] = word
                last = max(word["on"], due) if due else word["on"]
                line["open"] = [one for one in line["open"] if one[1] > last]
                line["words"].append(word)
    lines[0]["words"][:0] = early
    return _numbered(lines)


def _numbered(lines: list[dict[str, Any]]) -> list[tuple[list[Word], list[Word]]]:
    all_words = [word for line in lines for word in line["words"]]

    def first(line: dict[str, Any]) -> tuple[int, int]:
        told = [one["stamp"] for one in line["words"] if one["kind"] == "contract"]
        return min((max(valid_at, known_at), position) for valid_at, known_at, position in told)

    def shared(line: dict[str, Any]) -> list[Word]:
        return [one for one in line["words"] if sum(one is other for other in all_words) > 1]

    return [(line["words"], shared(line)) for line in sorted(lines, key=first)]


def _lines_closed_last(lines: list[dict[str, Any]], words: list[Word]) -> list[dict[str, Any]]:
    latest = max((words.index(one["closed"]) for one in lines if one["closed"]), default=-1)
    return [line for line in lines if latest < 0 or line["closed"] is words[latest]]


def _say_in_line(line: dict[str, Any], word: Word) -> None:
    line["spoken"] = word
    line["product"] = word.get("product") or line["product"]
    starts, due = word.get("starts_on"), word.get("renews_on")
    if line["open"] and (starts is None or line["open"][-1][0] in {starts, None}):
        known, was_due = line["open"].pop()
        starts, due = starts or known, due or was_due
    line["open"].append((starts, due or NEVER))
    line["words"].append(word)


def _line_about(lines: list[dict[str, Any]], word: Word) -> dict[str, Any] | None:
    latest = sorted(lines, key=lambda line: line["spoken"]["stamp"], reverse=True)
    latest.sort(key=lambda line: _order(line["spoken"]), reverse=True)
    starts, product = word.get("starts_on"), word.get("product")
    if not product:
        same = [one for one in latest if starts and any(starts == start for start, _ in one["open"])]
        due = [one for one in latest if any(word.get("renews_on") == day for _, day in one["open"])]
        return (*same, *due, *latest, None)[0]
    named = [one for one in latest if one["product"] == product] or [
        one for one in latest if one["product"] is None
    ]
    if named or not latest:
        return named[0] if named else None
    if starts is None:
        return latest[0]
    same = [one for one in latest if any(starts == start for start, _ in one["open"])]
    over = [one for one in latest if all(day <= starts for _, day in one["open"])]
    return (*same, *over, None)[0]


def _lines_ended(
    lines: list[dict[str, Any]], word: Word, words: list[Word]
) -> list[tuple[dict[str, Any], Any]]:
    on = word["on"]
    dues = [
        (
            line,
            min(
                (day for start, day in line["open"] if start is None or start < on),
                key=lambda day: abs(day - on),
            ),
        )
        for line in lines
        if any(start is None or start < on for start, _ in line["open"])
    ]
    if not dues:
        return [(max(lines, key=lambda line: words.index(line["spoken"])), None)]
    nearest = min((day for _, day in dues), key=lambda day: (abs(day - on), day))
    return [(line, day) for line, day in dues if day == nearest]


# --- one line ---------------------------------------------------------------------------------------------------------


def _begins(line: Line, at: int) -> date | None:
    own = line[at]["start"] or line[at]["begun"]
    before = line[at - 1]["closing"] if at else None
    days = [day for day in (own, before and before["on"]) if day]
    return max(days) if days else None


def _length(line: Line, at: int) -> timedelta:
    begins, renews = _begins(line, at), line[at]["renews"]
    if begins and renews and renews > begins:
        return timedelta(days=(renews - begins).days)
    return _length(line, at - 1) if at else timedelta(days=365)


def _ends(line: Line, at: int) -> date:
    """The day on which a term ended, or is to end, or would if it lasted as long as the one before."""
    term = line[at]
    day = term["closing"]["on"] if term["closing"] else term["renews"]
    if day is None:
        begins = _begins(line, at)
        day = begins + _length(line, at) if begins else NEVER
    return day


def _churned(term: dict[str, Any]) -> bool:
    return bool(term["closing"]) and term["closing"]["outcome"] == "churned"


def _new(line: Line, begun: date | None, how: str, now: int) -> dict[str, Any]:
    kept = {name: line[-1][name] for name in KEPT} if line else dict.fromkeys(KEPT)
    kept["trial"] = bool(line) and _trial(line, len(line) - 1)
    term = {"start": None, "renews": None, "begun": begun, "how": how, "now": now, "closing": None}
    term |= {"closed": -1, "words": [], "amounts": [], **kept}
    line.append(term)
    return term


def _trial(line: Line, at: int) -> bool:
    """A term that goes on at a price is no trial, unless it is said to be one."""
    if not line[at]["trial"] or any("trial" in word for word in line[at]["words"]):
        return bool(line[at]["trial"])
    paid = line[at - 1]["closing"] if at else None
    return not (paid and paid["outcome"] != "churned" and paid.get("new_mrr"))


def _take(
    line: Line, term: dict[str, Any], word: Word, now: int, *, start: bool = True, renews: bool = True
) -> None:
    at = next(place for place, one in enumerate(line) if one is term)
    if at and _churned(line[at - 1]) and _anew(term, word):
        term["now"] = now
    term["words"].append(word)
    term |= {name: word[name] for name in KEPT if name in word}
    if "mrr" in word:
        term["amounts"].append((word["told"], word["mrr"]))
    if start and "starts_on" in word:
        term["start"] = word["starts_on"]
    if renews and "renews_on" in word:
        term["renews"] = word["renews_on"]
    if word.get("cancelled") and not term["closing"] and term["renews"]:
        term["closing"] = {
            "on": term["renews"],
            "outcome": "churned",
            "new_mrr": None,
            "stamp": word["stamp"],
        }
        term["closed"] = now


def _anew(term: dict[str, Any], word: Word) -> bool:
    """Whether a word states both dates and isn't what somebody has said of the term before."""
    dated = word.get("starts_on") and word.get("renews_on")
    return bool(dated) and all(word["says"] != told["says"] for told in term["words"])


def _reinstates(line: Line, word: Word) -> bool:
    term, on = line[-1], line[-1]["closing"]["on"]
    if not _churned(term) or word["told"] > on + timedelta(days=90):
        return False
    if word.get("cancelled") is not None:
        flags = [told["says"] for told in term["words"] if told.get("cancelled") is not None]
        return not word["cancelled"] and flags[-1:] != [word["says"]]
    same = word.get("starts_on") == _begins(line, len(line) - 1) and word.get("renews_on") == term["renews"]
    return bool(same and term["renews"] and word["told"] < term["renews"] and _anew(term, word))


def _rolled(line: Line, renews: date, told: date) -> bool:
    begins, due = _begins(line, len(line) - 1), line[-1]["renews"]
    if not begins or not due or (due - told).days > 60 or due <= begins or renews <= due:
        return False
    ratio = (renews - due) / (due - begins)
    return abs(ratio - max(1, round(ratio))) <= 0.25


def _read(words: list[Word], shared: list[Word]) -> Line:
    line: Line = []
    for now, word in enumerate(words):
        if word["kind"] == "contract":
            _update(line, word, now)
        elif word["outcome"] is None:
            closed = [at for at, term in enumerate(line) if term["closing"]]
            if closed and word.get("on"):
                at = min(closed, key=lambda at: abs(line[at]["closing"]["on"] - word["on"]))
                line[at] |= {"closing": None, "closed": -1}
            elif closed:
                at = max(closed, key=lambda at: line[at]["closed"])
                line[at] |= {"closing": None, "closed": -1}
        else:
            _close(line, word, now, shared=any(word is one for one in shared))
    return line


def _close(line: Line, word: Word, now: int, *, shared: bool) -> None:
    term = _ended(line, word, now)
    before = term["closing"]
    if before and word["stamp"] < before["stamp"]:
        return
    told = {name: word[name] for name in ("on", "outcome", "reason", "competitor", "new_mrr") if name in word}
    if shared:
        told.pop("new_mrr", None)
    after = {"new_mrr": None, **(before or {}), **told, "stamp": word["stamp"]}
    if not before or any(before.get(name) != after[name] for name in told):
        term["closed"] = now
    term["closing"] = after


def _ended(line: Line, word: Word, now: int) -> dict[str, Any]:
    on, churned = word["on"], word["outcome"] == "churned"
    begun = [at for at in range(len(line)) if (_begins(line, at) or EVER) < on]
    begun = list(range(begun[-1] + 1)) if begun else []
    if not begun and line and churned:
        return line[0]
    if not begun:
        unknown = _new([], None, "closing", now) | {"renews": on}
        line.insert(0, unknown)
        return unknown
    last = begun[-1]
    nearest = last
    for at in reversed(begun[:-1]):
        if _churned(line[at]):
            continue
        if abs(_ends(line, at) - on) > abs(_ends(line, nearest) - on):
            break
        nearest = at
    if last == len(line) - 1 and line[last]["closing"] and not _churned(line[last]):
        following = line[last]["closing"]["on"] + _length(line, last)
        if abs(following - on) < abs(_ends(line, nearest) - on):
            return _new(line, None, "closing", now)
    return line[nearest]


def _update(line: Line, word: Word, now: int) -> None:
    starts = word.get("starts_on")
    if not line:
        _take(line, _new(line, word["told"], "told", now), word, now)
    elif _trial(line, len(line) - 1) and word.get("trial") is False:
        own = starts != _begins(line, len(line) - 1)
        _take(line, _new(line, word["told"], "told", now), word, now, start=own)
    elif not starts:
        _without_start(line, word, now)
    else:
        same = _with_that_start(line, starts)
        if same is None:
            _with_new_start(line, word, now)
        else:
            _again(line, same, word, now)


def _with_that_start(line: Line, starts: date) -> int | None:
    for at in reversed(range(len(line))):
        if starts in {line[at]["start"], _begins(line, at)}:
            return at
        if (_begins(line, at) or EVER) < starts:
            break
    told = [at for at, term in enumerate(line) if term["start"] == starts]
    return told[-1] if told else None


def _again(line: Line, at: int, word: Word, now: int) -> None:
    term, renews, last = line[at], word.get("renews_on"), len(line) - 1
    if at < last:
        moved = renews and renews != term["renews"] and renews > (_begins(line, last) or EVER)
        if moved and not line[last]["start"]:
            _without_start(line, word, now, start=False)
        else:
            _take(line, term, word, now)
    elif not term["closing"]:
        _move(line, word, now)
    elif _churned(term) or _later(line, word):
        _after_closing(line, word, now)
    else:
        _take(line, term, word, now)


def _later(line: Line, word: Word) -> bool:
    renews = word.get("renews_on")
    return bool(renews and renews > line[-1]["closing"]["on"] and renews != line[-1]["renews"])


def _with_new_start(line: Line, word: Word, now: int) -> None:
    starts, renews, last = word["starts_on"], word.get("renews_on"), line[-1]
    begins = _begins(line, len(line) - 1) or EVER
    place = len(line)
    while place and (_begins(line, place - 1) or EVER) > starts:
        place -= 1
    fits = renews and place < len(line) and starts < renews <= (_begins(line, place) or EVER)
    if fits and (place == 0 or _ends(line, place - 1) <= starts):
        before = line[:place]
        _take(before, _new(before, word["told"], "told", now), word, now)
        line.insert(place, before[-1])
    elif last["closing"]:
        on = last["closing"]["on"]
        if starts >= on or (not _churned(last) and starts > begins):
            _take(line, _new(line, word["told"], "told", now), word, now)
        elif word["told"] < on and starts > begins and renews and renews > on:
            last |= {"closing": None, "closed": -1}
            _take(line, _new(line, word["told"], "told", now), word, now)
        else:
            _after_closing(line, word, now)
    elif starts < begins:
        at = max((at for at in range(len(line)) if (_begins(line, at) or EVER) < starts), default=0)
        free = at + 1 == len(line) or not renews or renews <= (_begins(line, at + 1) or NEVER)
        _take(line, line[at], word, now, renews=free)
    elif last["how"] == "closing" and not last["start"] and not last["renews"]:
        _take(line, last, word, now)
    elif not last["renews"] or starts >= last["renews"]:
        first_told = min((one["told"] for one in last["words"]), default=EVER)
        step = word["told"] < starts and word["told"] <= max(first_told, begins)
        _take(line, _new(line, word["told"], "step" if step else "told", now), word, now)
    else:
        _take(line, last, word, now)


def _without_start(line: Line, word: Word, now: int, *, start: bool = True) -> None:
    last, renews = line[-1], word.get("renews_on")
    if "renews_on" not in word:
        at = max((at for at in range(len(line)) if (_begins(line, at) or EVER) <= word["told"]), default=0)
        closing = line[at]["closing"]
        if at == len(line) - 1 and closing and closing["on"] <= word["told"]:
            _after_closing(line, word, now)
            return
        if closing and _reinstates(line[: at + 1], word):
            line[at] |= {"closing": None, "closed": -1}
        _take(line, line[at], word, now)
    elif last["closing"]:
        _after_closing(line, word, now)
    elif not renews:
        _take(line, last, word, now, start=False)
    else:
        due = [at for at, term in enumerate(line) if not term["closing"] and term["renews"] == renews]
        if not due or due[-1] == len(line) - 1:
            _move(line, word, now, start=start)
            return
        if last["how"] == "rolled" and not last["start"] and due[-1] == len(line) - 2:
            line.pop()
        _take(line, line[due[-1]], word, now, start=False)


def _move(line: Line, word: Word, now: int, *, start: bool = True) -> None:
    last, renews, begins = line[-1], word.get("renews_on"), _begins(line, len(line) - 1)
    if not renews or last["renews"] in {None, renews}:
        fits = not renews or not begins or last["how"] == "told" or renews > begins
        _take(line, last, word, now, start=start, renews=fits)
    elif len(line) > 1 and begins and renews <= begins:
        _take(line, last, word, now, start=start, renews=False)
    elif _rolled(line, renews, word["told"]):
        _take(line, _new(line, last["renews"], "rolled", now), word, now, start=False)
    else:
        _take(line, last, word, now, start=start)


def _after_closing(line: Line, word: Word, now: int) -> None:
    last, on = line[-1], line[-1]["closing"]["on"]
    if _churned(last):
        if _reinstates(line, word):
            last |= {"closing": None, "closed": -1}
            _take(line, last, word, now)
        elif _later(line, word) and word["told"] >= on:
            _take(line, _new(line, word["told"], "told", now), word, now, start=False)
        else:
            _take(line, last, word, now, start=False, renews=False)
    elif _later(line, word) or word["told"] >= on:
        dated = _later(line, word)
        _take(line, _new(line, None, "closing", now), word, now, start=False, renews=dated)
    else:
        _take(line, last, word, now, start=False, renews=False)


# --- what came of it --------------------------------------------------------------------------------------------------


def _finished(line: Line) -> list[dict[str, Any]]:
    for at, term in enumerate(line):
        term["begins"], term["trial"] = _begins(line, at), _trial(line, at)
    groups: list[Line] = []
    for term in line:
        if term["how"] == "step" and groups and not _churned(groups[-1][-1]):
            groups[-1].append(term)
        else:
            groups.append([term])
    real: list[Line] = []
    for group in groups:
        if not _never_was(group, real):
            real.append(group)
    if real and real[-1][-1]["closing"] and not _churned(real[-1][-1]):
        real.append([_implied(line, real[-1][-1])])
    terms: list[dict[str, Any]] = []
    for at, group in enumerate(real):
        terms.append(_term(group, real[at + 1] if at + 1 < len(real) else None, terms[-1] if terms else None))
    return terms


def _never_was(group: Line, real: list[Line]) -> bool:
    first, last = group[0], group[-1]
    for term in (first, last):
        if _churned(term) and term["begins"] and term["closing"]["on"] <= term["begins"]:
            return True
    if last["closing"]:
        return False
    told = min((word["told"] for word in first["words"]), default=EVER)
    for lost in (one[-1] for one in real if _churned(one[-1])):
        planned = told < lost["closing"]["on"] or first["how"] != "told"
        early = (first["begins"] or EVER) < lost["closing"]["on"]
        if first["now"] < lost["closed"] and (planned or early):
            return True
    return False


def _implied(line: Line, before: dict[str, Any]) -> dict[str, Any]:
    at = next(place for place, one in enumerate(line) if one is before)
    term = _new(line[: at + 1], None, "closing", 0)
    term["begins"] = before["closing"]["on"]
    term["trial"] = _trial([*line[: at + 1], term], at + 1)
    if term["auto_renew"]:
        term["renews"] = term["begins"] + _length(line, at)
    return term


def _term(group: Line, following: Line | None, before: dict[str, Any] | None) -> dict[str, Any]:
    first, last = group[0], group[-1]
    closing = last["closing"] and {name: last["closing"].get(name) for name in ("on", "outcome", "new_mrr")}
    if closing is None and following is not None:
        closing = {"on": following[0]["begins"] or EVER, "outcome": "renewed", "new_mrr": None}
    amounts: list[tuple[date, Any]] = []
    told_at_once = first["words"] and "mrr" in first["words"][0]
    if before is not None and not told_at_once:
        agreed = before["closing"]["new_mrr"]
        if agreed is not None:
            amounts.append((EVER, agreed))
        elif not before["trial"]:
            amounts.append((EVER, before["amounts"][-1][1] if before["amounts"] else None))
    for at, step in enumerate(group):
        low = (step["begins"] or EVER) if at else EVER
        high = (group[at + 1]["begins"] or NEVER) if at + 1 < len(group) else NEVER
        amounts += [(min(max(day, low), high), amount) for day, amount in step["amounts"]]
    return {
        "starts": first["begins"],
        "renews": last["renews"],
        "closing": closing,
        "amounts": amounts,
        "seats": last["seats"],
        "product": last["product"],
        "trial": bool(last["trial"]),
        "alone": not any(step["words"] for step in group) and before is None,
    }


def agreed_on(term: dict[str, Any], day: date) -> Any:
    """Return the MRR that a term agreed for a day: the first amount told holds from ever, each other from its day."""
    closing, amounts = term["closing"], term["amounts"]
    if closing and day >= closing["on"] and closing["new_mrr"] is not None:
        return closing["new_mrr"]
    for (_, amount), (until, later) in pairwise(amounts):
        if day < until and amount != later:
            return amount
    return amounts[-1][1] if amounts else None


def _moved(terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def line(term: dict[str, Any]) -> tuple[str, int]:
        return term["contract"], term["line"]

    firsts = [
        term
        for term in terms
        if not (term["trial"] or term["alone"])
        and term
        is next(one for one in terms if line(one) == line(term) and not (one["trial"] or one["alone"]))
    ]
    lasts = [term for term in terms if term is [one for one in terms if line(one) == line(term)][-1]]
    lost = [
        one for one in lasts if one["closing"] and one["closing"]["outcome"] == "churned" and not one["trial"]
    ]
    for term in sorted(lost, key=lambda one: one["closing"]["on"]):
        on = term["closing"]["on"]
        near = [
            other
            for other in firsts
            if line(other) != line(term)
            and other["starts"]
            and abs((other["starts"] - on).days) <= 31
            and (term["starts"] is None or other["starts"] > term["starts"])
            and (other["product"] == term["product"] or None in {other["product"], term["product"]})
        ]
        if near:
            other = min(near, key=lambda one: abs(one["starts"] - on))
            firsts = [one for one in firsts if one is not other]
            term["closing"] = {"on": min(on, other["starts"]), "outcome": "renewed", "new_mrr": None}
    return terms
