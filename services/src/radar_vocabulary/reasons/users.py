"""What the metrics of the dimension "users" say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.reasons.phrase import Phrase, counted, flag, of_both, share

USERS: Final[Mapping[str, Phrase]] = {
    "seats": counted(
        message("No seats in the contracts in force"),
        plural("{count} seat in the contracts in force", "{count} seats in the contracts in force"),
    ),
    "users_seen": counted(
        message("No users seen so far"),
        plural("{count} user seen so far", "{count} users seen so far"),
    ),
    "activated_users": counted(
        message("No users have used a key feature"),
        plural("{count} user has used a key feature", "{count} users have used a key feature"),
    ),
    "activation_rate": of_both(
        "activated_users",
        "users_seen",
        plural(
            "{part} of {count} user has used a key feature", "{part} of {count} users have used a key feature"
        ),
        message("{share} of the users have used a key feature"),
    ),
    "dau": counted(
        message("No users active on the last day"),
        plural("{count} user active on the last day", "{count} users active on the last day"),
    ),
    "wau": counted(
        message("No users active in the last 7 days"),
        plural("{count} user active in the last 7 days", "{count} users active in the last 7 days"),
    ),
    "mau": counted(
        message("No users active in the last 28 days"),
        plural("{count} user active in the last 28 days", "{count} users active in the last 28 days"),
    ),
    "seat_utilisation": of_both(
        "mau",
        "seats",
        plural("{part} of {count} seat used", "{part} of {count} seats used"),
        message("{share} of the seats used"),
    ),
    "stickiness": share(message("{share} of the monthly users are active on a given day")),
    "new_users": counted(
        message("No new users in the last 28 days"),
        plural("{count} new user in the last 28 days", "{count} new users in the last 28 days"),
    ),
    "returning_users": counted(
        message("No users came back after four silent weeks"),
        plural(
            "{count} user came back after four silent weeks",
            "{count} users came back after four silent weeks",
        ),
    ),
    "dormant_users": counted(
        message("No users of the four weeks before went silent"),
        plural(
            "{count} user of the four weeks before went silent",
            "{count} users of the four weeks before went silent",
        ),
    ),
    "user_retention": share(message("{share} of the users of the four weeks before are still active")),
    "days_since_decision_maker": counted(
        message("The decision maker was active today"),
        plural(
            "The decision maker was last active {count} day ago",
            "The decision maker was last active {count} days ago",
        ),
    ),
    "days_since_manager": counted(
        message("The manager was active today"),
        plural("The manager was last active {count} day ago", "The manager was last active {count} days ago"),
    ),
    "champion_silent": flag(
        no=message("The most active user is still active"),
        yes=message("The most active user has been quiet for two weeks or more"),
    ),
    "concentration": share(message("{share} of the use comes from one user")),
}
