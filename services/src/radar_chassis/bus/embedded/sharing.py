"""Who of a group should read which partitions: even, and moving as few as possible. Pure."""

from collections.abc import Mapping, Sequence


def share(members: Sequence[str], parts: Sequence[int], held: Mapping[int, str]) -> dict[int, str]:
    """Return the member that should have each part.

    Everyone who computes this from the same state gets the same answer, so no coordinator is needed.

    Args:
        members: live members, in the order they joined.
        parts: partition ids to share out.
        held: which member holds which part now; holders that aren't members don't count.
    """
    if not members:
        return {}
    quota = _quotas(members, parts, held)
    target: dict[int, str] = {}
    for part in parts:
        holder = held.get(part, "")
        if quota.get(holder, 0) > 0:
            quota[holder] -= 1
            target[part] = holder
    for part in parts:
        if part not in target:
            member = max(members, key=lambda name: quota[name])
            quota[member] -= 1
            target[part] = member
    return target


def _quotas(members: Sequence[str], parts: Sequence[int], held: Mapping[int, str]) -> dict[str, int]:
    """Everyone gets the same number; the odd ones go to those who hold most, so that they needn't move."""
    count = dict.fromkeys(members, 0)
    for part in parts:
        if held.get(part) in count:
            count[held[part]] += 1
    base, odd = divmod(len(parts), len(members))
    by_load = sorted(members, key=lambda name: (-count[name], members.index(name)))
    return {name: base + (place < odd) for place, name in enumerate(by_load)}
