"""What the metrics of roles and of the lifecycle of users say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.reasons.phrase import Phrase, counted, flag, share

PEOPLE: Final[Mapping[str, Phrase]] = {
    "established_users": counted(
        message("No established users active"),
        plural("{count} established user active", "{count} established users active"),
    ),
    "lost_users": counted(
        message("No users lost"),
        plural(
            "{count} user lost: left, or inactive for 8 weeks",
            "{count} users lost: left, or inactive for 8 weeks",
        ),
    ),
    "users_half_year": counted(
        message("No users active in the last 6 months"),
        plural("{count} user active in the last 6 months", "{count} users active in the last 6 months"),
    ),
    "users_year": counted(
        message("No users active in the last year"),
        plural("{count} user active in the last year", "{count} users active in the last year"),
    ),
    "mau_of_half_year": share(message("{share} of users of the last 6 months are still active")),
    "sponsor_quiet_days": counted(
        message("The sponsor was active today"),
        plural(
            "The sponsor has been inactive for {count} day", "The sponsor has been inactive for {count} days"
        ),
    ),
    "days_since_executor": counted(
        message("An executor was active today"),
        plural("An executor was last active {count} day ago", "An executor was last active {count} days ago"),
    ),
    "active_decision_makers": counted(
        message("No decision maker active in the last 4 weeks"),
        plural(
            "{count} decision maker active in the last 4 weeks",
            "{count} decision makers active in the last 4 weeks",
        ),
    ),
    "active_managers": counted(
        message("No manager active in the last 4 weeks"),
        plural("{count} manager active in the last 4 weeks", "{count} managers active in the last 4 weeks"),
    ),
    "active_executors": counted(
        message("No executor active in the last 4 weeks"),
        plural("{count} executor active in the last 4 weeks", "{count} executors active in the last 4 weeks"),
    ),
    "one_person_dependency": flag(
        no=message("Usage doesn't depend on one user"),
        yes=message("One user accounts for 75% of usage or more"),
    ),
}
PEOPLE_DESCRIPTIONS: Final[Mapping[str, Message]] = {
    "established_users": message("Active users first seen over 28 days ago"),
    "lost_users": message("Users who left or were inactive for 56 days"),
    "users_half_year": message("Users active in the last 182 days"),
    "users_year": message("Users active in the last 364 days"),
    "mau_of_half_year": message("MAU / users of the last 182 days"),
    "sponsor_quiet_days": message("Days since a regular decision maker or champion was active"),
    "days_since_executor": message("Days since an executor was active"),
    "active_decision_makers": message("Decision makers active in the last 28 days"),
    "active_managers": message("Managers active in the last 28 days"),
    "active_executors": message("Executors active in the last 28 days"),
    "one_person_dependency": message("One user accounts for 75% of usage"),
}
