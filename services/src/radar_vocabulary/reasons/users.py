"""What the metrics of the dimension "users" say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.reasons.phrase import Phrase, counted, flag, of_both, share

USERS: Final[Mapping[str, Phrase]] = {
    "seats": counted(
        message("No seats under contract"),
        plural("{count} seat under contract", "{count} seats under contract"),
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
        message("{share} of users have used a key feature"),
    ),
    "dau": counted(
        message("No daily active users"),
        plural("{count} daily active user", "{count} daily active users"),
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
        message("{share} of seats used"),
    ),
    "stickiness": share(message("{share} of monthly active users are active on an average day")),
    "new_users": counted(
        message("No new users in the last 28 days"),
        plural("{count} new user in the last 28 days", "{count} new users in the last 28 days"),
    ),
    "returning_users": counted(
        message("No users returned after 4 inactive weeks"),
        plural(
            "{count} user returned after 4 inactive weeks",
            "{count} users returned after 4 inactive weeks",
        ),
    ),
    "dormant_users": counted(
        message("No users of the previous 4 weeks are now inactive"),
        plural(
            "{count} user of the previous 4 weeks is now inactive",
            "{count} users of the previous 4 weeks are now inactive",
        ),
    ),
    "user_retention": share(message("{share} of users of the previous 4 weeks are still active")),
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
        yes=message("The most active user has been inactive for 14 days or more"),
    ),
    "concentration": share(message("{share} of usage comes from one user")),
}
USERS_DESCRIPTIONS: Final[Mapping[str, Message]] = {
    "seats": message("Seats under contract"),
    "users_seen": message("Users with any use"),
    "activated_users": message("Users who have used a key feature"),
    "activation_rate": message("Activated users / users seen"),
    "dau": message("Daily active users"),
    "wau": message("Users active in the last 7 days"),
    "mau": message("Users active in the last 28 days"),
    "seat_utilisation": message("MAU / seats"),
    "stickiness": message("Mean DAU / MAU over 28 days"),
    "new_users": message("Users first seen in the last 28 days"),
    "returning_users": message("Users returned after 28 inactive days"),
    "dormant_users": message("Users of the previous 28 days, now inactive"),
    "user_retention": message("Share of users of the previous 28 days still active"),
    "days_since_decision_maker": message("Days since a decision maker was active"),
    "days_since_manager": message("Days since a manager was active"),
    "champion_silent": message("The most active user has been inactive for 14 days"),
    "concentration": message("Share of usage by the most active user"),
}
