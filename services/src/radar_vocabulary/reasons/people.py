"""What the metrics of roles and of the lifecycle of users say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.reasons.phrase import Phrase, counted, flag, share

PEOPLE: Final[Mapping[str, Phrase]] = {
    "established_users": counted(
        message("No users of earlier times are active"),
        plural("{count} user of earlier times is active", "{count} users of earlier times are active"),
    ),
    "lost_users": counted(
        message("No users have been lost"),
        plural(
            "{count} user lost: gone, or silent for eight weeks",
            "{count} users lost: gone, or silent for eight weeks",
        ),
    ),
    "users_half_year": counted(
        message("No users active in half a year"),
        plural("{count} user active in half a year", "{count} users active in half a year"),
    ),
    "users_year": counted(
        message("No users active in a year"),
        plural("{count} user active in a year", "{count} users active in a year"),
    ),
    "mau_of_half_year": share(message("{share} of the users of half a year are still active")),
    "days_since_executor": counted(
        message("An executor was active today"),
        plural("An executor was last active {count} day ago", "An executor was last active {count} days ago"),
    ),
    "active_decision_makers": counted(
        message("No decision maker was active in four weeks"),
        plural("{count} decision maker active in four weeks", "{count} decision makers active in four weeks"),
    ),
    "active_managers": counted(
        message("No manager was active in four weeks"),
        plural("{count} manager active in four weeks", "{count} managers active in four weeks"),
    ),
    "active_executors": counted(
        message("No executor was active in four weeks"),
        plural("{count} executor active in four weeks", "{count} executors active in four weeks"),
    ),
    "one_person_dependency": flag(
        no=message("Use doesn't depend on one person"),
        yes=message("One person makes three quarters of the use or more"),
    ),
}
