"""Health snapshots for tests: name what matters, the rest is a plausible account."""

from datetime import UTC, date, datetime, timedelta

from radar_vocabulary.contracts.health import (
    AccountRef,
    DimensionHealth,
    Driver,
    ForecastDriver,
    Freshness,
    HealthSnapshot,
    ModelRef,
    Override,
    Renewal,
    ScorecardRef,
)
from radar_vocabulary.contracts.scalars import Band, Money, Owner, Segment, Standing

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ANNA = Owner(name="Anna Sand", email="anna@vendor.example", slack_id="U0ANNA")
DRIVERS = (
    Driver(metric="usage_trend", dimension="behaviour", value=-0.42, unit="log ratio", points=-9.4,
           text="Usage down 34% vs the previous 4 weeks"),
    Driver(metric="decision_maker_silence", dimension="users", value=31, unit="days", points=-6.1,
           text="No decision maker was seen for 31 days"),
    Driver(metric="severe_tickets", dimension="outcomes", value=2, unit="tickets", points=-4.0,
           text="2 severe tickets are open"),
    Driver(metric="seat_utilisation", dimension="users", value=0.8, unit="share", points=2.5,
           text="80% of the seats are used"),
)  # fmt: skip


# Their logits and the base add up to ln(0.4 / 0.6), the renewal's chance of 40%.
FORECAST = ModelRef(
    version="4c1d",
    base=1.1,
    drivers=(
        ForecastDriver(about="contract", logit=0.55, metric="renewals_so_far", value=3,
                       text="Renewed 3 times so far"),
        ForecastDriver(about="silence", logit=-1.8, metric="days_since_last_activity", value=23,
                       text="Nobody has used it for 23 days"),
        ForecastDriver(about="signals", logit=-0.6, text="No ticket was ever opened"),
        ForecastDriver(about="use", logit=0.25, metric="mau", value=12, text="12 people used it in the last 28 days"),
        ForecastDriver(about="seats", logit=0.094534891891836, metric="seats", value=40, text="40 seats"),
    ),
)  # fmt: skip


def band_of(score: float | None) -> Band:
    """Return the band a scorecard with limits 40 and 60 would give."""
    if score is None:
        return "unknown"
    return "at_risk" if score < 40 else "watch" if score < 60 else "healthy"


def renewal(contract_id: str = "c1", *, days: int = 41, at_risk: float = 36_000.0) -> Renewal:
    """Return a renewal of 60,000 EUR."""
    return Renewal(
        contract_id=contract_id,
        renews_on=date(2027, 1, 1),
        days=days,
        source="scorecard",
        arr=Money(amount=60_000.0, currency="EUR"),
        arr_at_risk=Money(amount=at_risk, currency="EUR"),
        probability=0.4,
    )


def set_by_hand(band: Band, *, score: float | None = 41.0) -> Override:
    """Return an override that sets the band alone; ``score``: what the scorecard says."""
    return Override(
        band=band,
        score=None,
        author="Kim",
        reason="We spoke",
        valid_from=NOON,
        expires_at=NOON + timedelta(days=30),
        scorecard_band=band_of(score),
        scorecard_score=score,
        points=0.0,
    )


def snapshot(
    score: float | None,
    *,
    as_of: datetime = NOON,
    account_id: str = "acme",
    name: str | None = "Acme Corp",
    segment: Segment = "key",
    owner: Owner | None = ANNA,
    contract: Renewal | None = renewal(),  # noqa: B008 - a frozen value
    caused_by: datetime | None = None,
    drivers: tuple[Driver, ...] = DRIVERS,
    standing: Standing = "customer",
    override: Override | None = None,
    model: ModelRef | None = None,
) -> HealthSnapshot:
    """Return a snapshot with this score and the band that goes with it."""
    part = DimensionHealth(score=score, weight=0.3, coverage=1.0)
    return HealthSnapshot(
        account_id=account_id,
        account=AccountRef(
            name=name, segment=segment, owner=owner, industry="Retail", region="DACH", standing=standing
        ),
        as_of=as_of,
        score=score,
        band=override.band if override else band_of(score),
        dimensions={"users": part, "behaviour": part, "outcomes": part},
        drivers=drivers if score is not None else (),
        coverage=1.0 if score is not None else 0.1,
        freshness=Freshness(last_event_at=as_of, stale=False),
        scorecard=ScorecardRef(name="key", version="3f2a", neutral=60.0),
        renewal=contract,
        caused_by=caused_by,
        override=override,
        model=model,
    )
