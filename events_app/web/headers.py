"""The headers of every answer: what browsers may do with our pages."""

from flask import Flask, Response, request

from events_app.web.access import settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


def init_app(app: Flask) -> None:
    """Send the headers with every answer."""
    app.after_request(_guard)


def _guard(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    # A forged Host must not lead anywhere: our own redirects are paths.
    if response.location and response.location.startswith(request.host_url):
        response.location = "/" + response.location.removeprefix(request.host_url)
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store" if request.cookies else "no-cache"
        response.headers["Vary"] = "Cookie, Accept-Language"
    if settings().is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response
