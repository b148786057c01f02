"""The tables as bulk statements see them."""

from typing import Final

from radar_health_score.repositories.bulk import Shape

_ACCOUNT: Final = {
    "account_no": "int8",
    "account_id": "text",
    "partition": "int4",
    "next_user": "int4",
    "first_at": "int8",
    "last_day": "int4",
    "last_known_day": "int4",
    "last_patch_at": "int8",
}
_USER: Final = {
    "account_no": "int8",
    "user_id": "text",
    "user_no": "int4",
    "last_day": "int4",
    "first_use": "bytea",
}
_DAY_USE: Final = {"account_no": "int8", "day": "int4", "known_day": "int4", "tally": "bytea"}
_DAY_VOLUME: Final = {"account_no": "int8", "day": "int4", "known_day": "int4", "volume": "bytea"}
_ENTITY: Final = {"account_no": "int8", "kind": "text", "entity_id": "text", "state": "text"}
_PATCH: Final = {
    "account_no": "int8",
    "kind": "text",
    "entity_id": "text",
    "valid_at": "int8",
    "known_at": "int8",
    "position": "int8",
    "event_id": "text",
    "data": "text",
}
_HEALTH: Final = {
    "account_no": "int8",
    "account_id": "text",
    "as_of": "int8",
    "stored_at": "int8",
    "name": "text",
    "segment": "text",
    "industry": "text",
    "region": "text",
    "owner_name": "text",
    "owner_email": "text",
    "band": "text",
    "score": "float8",
    "renews_on": "text",
    "currency": "text",
    "arr": "float8",
    "arr_at_risk": "float8",
    "standing": "text",
    "stage": "text",
    "parent_id": "text",
    "reached": "text",
    "wakes_at": "int8",
    "snapshot": "text",
}


def _led_by(first: str, columns: dict[str, str]) -> dict[str, str]:
    return {first: columns[first], **{name: kind for name, kind in columns.items() if name != first}}


ACCOUNTS: Final = Shape(table="accounts", columns=_ACCOUNT, key=1)
ACCOUNTS_BY_ID: Final = Shape(table="accounts", columns=_led_by("account_id", _ACCOUNT), key=1)
NEW_ACCOUNTS: Final = Shape(
    table="accounts", columns={"account_id": "text", "partition": "int4", "next_user": "int4"}, key=1
)
FEATURES: Final = Shape(
    table="features", columns={"account_no": "int8", "feature_no": "int4", "name": "text"}, key=1
)
USERS: Final = Shape(table="users", columns=_USER, key=2)
USERS_OF_ACCOUNT: Final = Shape(table="users", columns=_USER, key=1)
USERS_BY_DAY: Final = Shape(
    table="users",
    columns={name: _USER[name] for name in ("account_no", "last_day", "user_id", "user_no", "first_use")},
    key=1,
    sparse=True,
)
DAY_USE: Final = Shape(table="day_use", columns=_DAY_USE, key=3)
DAY_USE_AND_VOLUME: Final = Shape(table="day_use", columns=_DAY_USE | _DAY_VOLUME, key=3)
DAY_VOLUME_OF_ACCOUNT: Final = Shape(table="day_use", columns=_DAY_VOLUME, key=1)
DAY_USE_OF_DAY: Final = Shape(table="day_use", columns=_DAY_USE, key=2)
DAY_USE_OF_ACCOUNT: Final = Shape(table="day_use", columns=_DAY_USE, key=1)
ENTITIES: Final = Shape(table="entities", columns=_ENTITY, key=3)
ENTITIES_OF_KIND: Final = Shape(table="entities", columns=_ENTITY, key=2)
ENTITIES_AND_REST: Final = Shape(table="entities", columns=_ENTITY | {"rests_from": "int8"}, key=3)
ENTITIES_BY_REST: Final = Shape(
    table="entities",
    columns={
        "account_no": "int8",
        "kind": "text",
        "rests_from": "int8",
        "entity_id": "text",
        "state": "text",
    },
    key=2,
)
PATCHES_OF_ACCOUNT: Final = Shape(table="patches", columns=_PATCH, key=1)
OVERRIDES_OF_ACCOUNT: Final = Shape(
    table="overrides",
    columns={
        "account_no": "int8",
        "override_no": "int8",
        "known_at": "int8",
        "valid_from": "int8",
        "expires_at": "int8",
        "band": "text",
        "score": "float8",
        "author": "text",
        "reason": "text",
    },
    key=1,
)
LATEST_HEALTH: Final = Shape(table="latest_health", columns=_HEALTH, key=1, newest_by="as_of")
SNAPSHOTS: Final = Shape(
    table="snapshots",
    columns={"account_no": "int8", "as_of": "int8", "score": "float8", "snapshot": "text"},
    key=2,
)
OPEN_CONTRACTS: Final = Shape(
    table="open_contracts",
    columns={
        "account_no": "int8",
        "contract_id": "text",
        "renews_on": "text",
        "starts_on": "text",
        "probability": "float8",
        "currency": "text",
        "arr": "float8",
        "arr_at_risk": "float8",
        "source": "text",
    },
    key=3,
)
ACCOUNT_REVENUE: Final = Shape(
    table="account_revenue",
    columns={"account_no": "int8", "currency": "text", "arr": "float8", "arr_at_risk": "float8"},
    key=2,
)
