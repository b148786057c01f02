"""The settings of ingest."""

from pydantic import Field

from radar_chassis.config import CommonSettings, Section


class IngestSettings(Section):
    """Limits and promises of the ingest service."""

    max_body_bytes: int = Field(1_000_000, gt=0, description="body as sent, compressed, in bytes")
    max_inflated_bytes: int = Field(20_000_000, gt=0, description="body once decompressed, in bytes")
    max_records: int = Field(5_000, gt=0, description="records in one request")
    max_record_bytes: int = Field(32_768, gt=0, description="one record, in bytes")
    max_depth: int = Field(16, gt=1, description="nesting of one record")
    max_future_seconds: float = Field(86_400, ge=0, description="how far ahead a client's clock may run")
    events_per_second: float | None = Field(None, gt=0, description="rate a key may send at; empty: no limit")
    acknowledge_seconds: float = Field(8.0, gt=0, description="how long a request waits for the log")
    remembered_ids: int = Field(200_000, ge=0, description="acknowledged ids kept to answer `duplicate`")
    letter_days: float = Field(90.0, gt=0, description="dead letters are kept for so long")


class Settings(CommonSettings):
    """What ingest can be told; settings of other services are left alone."""

    ingest: IngestSettings = IngestSettings()
