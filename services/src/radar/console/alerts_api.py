"""What the console asks of the alerts service, a function for each question."""

from urllib.parse import quote

from radar.console.service_api import Query, ServiceApi
from radar_vocabulary.answers.alerts import AlertDetail, AlertLine
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.answers.page import Page


class AlertsApi(ServiceApi):
    """The paths of the alerts service that the console shows and uses."""

    async def alerts(self, query: Query) -> Page[AlertLine]:
        """Return a page of alerts."""
        return await self.get("/v1/alerts", Page[AlertLine], query)

    async def alert(self, alert_id: str) -> AlertDetail:
        """Return an alert with its whole timeline."""
        return await self.get(_of(alert_id), AlertDetail)

    async def act(self, alert_id: str, act: str, body: Query) -> None:
        """Acknowledge, snooze or resolve."""
        await self.post(f"{_of(alert_id)}/{act}", body)

    async def deliveries(self, query: Query) -> Page[DeliveryLine]:
        """Return a page of messages that went out or should."""
        return await self.get("/v1/deliveries", Page[DeliveryLine], query)


def _of(alert_id: str) -> str:
    return f"/v1/alerts/{quote(alert_id, safe='')}"
