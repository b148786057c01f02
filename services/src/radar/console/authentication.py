"""Signs people in: by session, by an API key, or, on their own machine, without a key."""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from fastapi import Request, Response

from radar.console.sessions import LASTS, KeyVerifier, Session, Sessions, Visitor
from radar_chassis.access.keys import Principal, parse
from radar_chassis.errors import Forbidden, RadarError, Unauthorized

LOCAL: Final = "local user"
_PROXIES: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class SignInNeeded(RadarError):  # noqa: N818 - named for what it asks
    """Nobody is signed in."""

    status = 401
    code = "sign_in_needed"


class StaleForm(Forbidden):
    """The form wasn't made by this session's page."""

    code = "stale_form"


class Authentication:
    """Finds out who the visitor is.

    Args:
        own_key: the console's own API key.
        open_on_loopback: let a browser on this machine in without a key. Only for a process that listens on the
            loopback address alone.
    """

    def __init__(
        self, keys: KeyVerifier, sessions: Sessions, *, own_key: str, open_on_loopback: bool
    ) -> None:
        self._keys = keys
        self.sessions = sessions
        self._own = parse(own_key)
        self._open = open_on_loopback

    async def visitor(self, request: Request) -> Visitor:
        """Return who is looking. Raises SignInNeeded, DatabaseUnavailable."""
        session = self.sessions.unseal(request.cookies.get(self.sessions.cookie))
        if session is not None and session.key_id is not None:
            principal = await self._keys.principal_of(session.key_id)
            if principal is not None and principal.may("read"):
                return self._visitor(session, principal)
        if self._open and self._own and request.method in {"GET", "HEAD"} and on_this_machine(request):
            principal = await self._keys.principal_of(self._own[0])
            if principal is not None:
                return self._visitor(self.sessions.begin(principal.key_id), principal, fresh=True)
        raise SignInNeeded("Sign in to see this page.")

    async def actor(self, request: Request, token: str) -> Visitor:
        """Return who sent a form, when they may act and the form is theirs. Raises Forbidden, SignInNeeded."""
        visitor = await self.visitor(request)
        self.check_form(request, visitor.session, token)
        if not visitor.may_act:
            raise Forbidden("Your API key may read but not act; it needs the scope `act` for this.")
        return visitor

    async def admit(self, key: str) -> Session:
        """Return a session for who presents ``key``. Raises Unauthorized, Forbidden, DatabaseUnavailable."""
        if not key.isascii():
            raise Unauthorized("This isn't an API key: they look like radar_…")
        principal = await self._keys.authorize(key, "read")
        return self.sessions.begin(principal.key_id)

    def anonymous(self, request: Request) -> Session:
        """Return the session that guards the sign-in form, made when there is none."""
        return self.sessions.unseal(request.cookies.get(self.sessions.cookie)) or self.sessions.begin(None)

    def check_form(self, request: Request, session: Session, token: str) -> None:
        """Raise StaleForm unless the form comes from a page of this session."""
        if _from_elsewhere(request) or not self.sessions.holds(session, token):
            raise StaleForm("This form is from another session. Go back, load the page again and repeat it.")

    def remember(self, request: Request, response: Response, session: Session) -> None:
        """Set the cookie."""
        response.set_cookie(
            self.sessions.cookie,
            self.sessions.seal(session),
            max_age=int(LASTS.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )

    def forget(self, response: Response) -> None:
        """Remove the cookie."""
        response.delete_cookie(self.sessions.cookie, httponly=True, samesite="lax")

    def _visitor(self, session: Session, principal: Principal, *, fresh: bool = False) -> Visitor:
        local = self._open and self._own is not None and principal.key_id == self._own[0]
        name = LOCAL if local else principal.name
        return Visitor(session=session, name=name, may_act=principal.may("act"), fresh=fresh)


def on_this_machine(request: Request) -> bool:
    """Whether a browser on this machine asks, by a loopback name, with nobody in between.

    The Host header is what a page of another site can't choose: with DNS rebinding it carries that site's name.
    """
    if any(name in request.headers for name in _PROXIES):
        return False
    client = request.client.host if request.client else ""
    return _loopback(client) and _loopback(urlsplit(f"//{request.headers.get('host', '')}").hostname or "")


def _loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _from_elsewhere(request: Request) -> bool:
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host")
