"""Takes a request in the native format."""

from typing import Literal

from radar_chassis.clock import Clock
from radar_ingest.domain.body import Records, split, split_list
from radar_ingest.domain.cloudevents import parse_cloud_event
from radar_ingest.domain.errors import whole_request
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.native import Arrival, parse_event
from radar_ingest.domain.rejection import Rejection
from radar_ingest.service.intake import CheckedRecord, Intake
from radar_ingest.service.rate import Rate
from radar_vocabulary.answers.receipts import Receipt

Form = Literal["json", "lines", "cloudevent", "cloudevents"]


class TakeEvents:
    """``POST /v1/events``."""

    def __init__(self, intake: Intake, rate: Rate, clock: Clock, limits: Limits) -> None:
        self._intake = intake
        self._rate = rate
        self._clock = clock
        self._limits = limits

    async def take(self, body: bytes, *, key_id: str, form: Form, history: bool) -> Receipt:
        """Return the receipt for the events in ``body``, once the log has acknowledged them.

        ``form``: what the client says the body is: native JSON, NDJSON, one CloudEvent or a list of them.
        ``history``: facts count as known when they happened.

        Raises:
            RadarError: a problem with the request as a whole, or 503 while the log can't acknowledge.
        """
        records = self._split(body, form)
        parse = parse_cloud_event if form in {"cloudevent", "cloudevents"} else parse_event
        self._rate.take(key_id, len(records.items))
        arrival = Arrival(received_at=self._clock.now(), history=history)
        judged = [CheckedRecord(raw, parse(raw, arrival, self._limits)) for raw in records.items]
        if records.single and isinstance(judged[0].verdict, Rejection):
            problem = whole_request(judged[0].verdict.code, judged[0].verdict.reason)
            if problem is not None:
                raise problem
        return await self._intake.submit(judged, surface="native", at=arrival.received_at)

    def _split(self, body: bytes, form: Form) -> Records:
        if form == "cloudevent":
            return Records(items=[body.strip()], single=True)
        if form == "cloudevents":
            return Records(items=split_list(body.strip(), self._limits))
        return split(body, lines=form == "lines", limits=self._limits)
