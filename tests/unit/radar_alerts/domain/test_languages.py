"""A notice is in the language that its route, its account or its workspace has set, in this order."""

import pytest

from radar_alerts.domain.languages import Languages
from radar_vocabulary.contracts.health import AccountRef

WORKSPACE = Languages(workspace="zh-Hans")
TEAMS = Languages(queues={"key": "ja"})


@pytest.mark.parametrize(
    ("set_up", "account", "owner", "queue"),
    [
        (WORKSPACE, "ja-JP", "ja", "ja"),
        (WORKSPACE, "fr", "zh-Hans", "zh-Hans"),
        (WORKSPACE, None, "zh-Hans", "zh-Hans"),
        (Languages(owners="en"), "ja", "en", "en"),
        (TEAMS, "zh", "zh-Hans", "ja"),
        (TEAMS, None, "en", "ja"),
    ],
)
def test_a_route_comes_before_the_account_and_the_account_before_the_workspace(set_up, account, owner, queue):
    of = AccountRef(segment="key", language=account)
    assert (set_up.for_owner(of), set_up.for_queue(of)) == (owner, queue)


def test_a_team_s_language_is_that_of_its_segment_alone():
    assert TEAMS.for_queue(AccountRef(segment="mid", language="zh")) == "zh-Hans"
