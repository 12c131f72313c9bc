"""Signing in and out, and preferences."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from events_app.dates.zones import zone_names
from events_app.extensions import db, limiter, transaction
from events_app.people.actions import ask_for_link, begin_session, prefer, prefer_times, sign_in, sign_out
from events_app.people.errors import DeadLinkError, InvalidAddressError
from events_app.people.rules import SESSION_LIFETIME, clean_address, digest_of
from events_app.reminders.actions import prefer_letters
from events_app.reminders.preferences import modes_of
from events_app.web.access import PUBLIC, SESSION_COOKIE, current_person, current_reader, now, open_to, settings
from events_app.web.context import LANGUAGE_COOKIE, ZONE_COOKIE, language, reader_zone, say
from events_app.web.fields import PageForm, clean_line
from events_app.web.me.programs import program_of
from events_app.web.people.demo import demo_people, is_demo_request
from events_app.web.people.forms import PreferencesForm, SignInForm
from events_app.web.people.letter_choices import LetterChoicesForm, letter_choices_form
from events_app.words.languages import LANGUAGE_NAMES, LANGUAGES

people = Blueprint("people", __name__)

YEAR = 365 * 24 * 3600
ATTEMPTS_BY_SOURCE, ATTEMPTS_BY_ADDRESS = "30 per 15 minutes", "5 per 15 minutes"


def asked_address() -> str:
    """Return the key under which attempts are counted: one for each address; what is none counts for its source."""
    try:
        return digest_of(clean_address(clean_line(request.form.get("email", ""))))
    except InvalidAddressError:
        return f"no address, from {request.remote_addr}"


@people.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@open_to(PUBLIC)
@limiter.limit(ATTEMPTS_BY_SOURCE, methods=["POST"])
@limiter.limit(ATTEMPTS_BY_ADDRESS, methods=["POST"], key_func=asked_address)
def ask() -> str | tuple[str, int]:
    """Send a one-time link; the answer is the same for every address."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form)
    try:
        address = clean_address(form.email.data)
    except InvalidAddressError:
        form.email.errors = [say("This is no mail address.")]
        return _sign_in_page(form)
    with transaction() as session:
        ask_for_link(session, address, now())
    return render_template("people/link_sent.html", address=address, is_kept=not settings().smtp_url)


@people.route("/sign-in/<secret>", methods=["GET", "POST"])
@open_to(PUBLIC)
@limiter.limit(ATTEMPTS_BY_SOURCE, methods=["POST"])
def use_link(secret: str) -> str | Response | tuple[str, int]:
    """Show a button, as mail gateways fetch every link; only pressing it uses the link up."""
    form = PageForm()
    if not form.validate_on_submit():
        return render_template("people/use_link.html", form=form)
    try:
        with transaction() as session:
            _, cookie = sign_in(session, secret, now(), program=program_of(request.user_agent.string))
            sign_out(session, request.cookies.get(SESSION_COOKIE, ""), now())
    except DeadLinkError:
        return render_template("people/dead_link.html"), 410
    return _signed_in(cookie)


@people.get("/demo")
@open_to(PUBLIC)
def demo() -> str:
    """Show the demonstration's start page: who one can be, and what to try first."""
    if not is_demo_request():
        abort(404)
    today = now().date()
    chairs = [current_reader().partnership.chairmanship(year, today) for year in (today.year, today.year + 1)]
    open_years = [chair.year for chair in chairs if not chair.is_decided]
    return render_template("people/demo.html", demo_people=demo_people(), open_years=open_years)


@people.post("/sign-in/as/<int:person_id>")
@open_to(PUBLIC)
def sign_in_as(person_id: int) -> Response:
    """Sign in without a link: in the demo only, on loopback only."""
    if not is_demo_request() or person_id not in {person.id for person in demo_people()}:
        abort(404)
    with transaction() as session:
        _, cookie = begin_session(session, person_id, now(), program=program_of(request.user_agent.string))
    return _signed_in(cookie)


@people.post("/sign-out")
@open_to(PUBLIC)
def leave() -> Response:
    """End this session."""
    with transaction() as session:
        sign_out(session, request.cookies.get(SESSION_COOKIE, ""), now())
    response = redirect(url_for("programme.agenda"))
    response.delete_cookie(SESSION_COOKIE)
    return response


@people.route("/preferences", methods=["GET", "POST"])
@open_to(PUBLIC)
def preferences() -> str | Response | tuple[str, int]:
    """Choose a language and a zone, kept in a cookie; for those signed in with the person, and which letters come."""
    form = _preferences_form()
    if form.validate_on_submit() and form.time_zone.data not in zone_names():
        form.time_zone.errors = [say("No time zone has this name. Choose one that the list suggests.")]
    if form.is_submitted() and isinstance(form, LetterChoicesForm):
        form.check_choices()
    if not form.is_submitted() or form.errors:
        return render_template("people/preferences.html", form=form, zones=zone_names()), 422 if form.errors else 200
    flash(say("Saved."))
    return _with_choices(redirect(url_for("people.preferences")), form.language.data, form.time_zone.data, form)


@people.post("/language")
@open_to(PUBLIC)
def choose_language() -> Response:
    """Choose a language from the foot of any page, and go back there."""
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400, description="unknown-language")
    return _with_choices(redirect(_own_page(request.form.get("next", ""))), chosen, reader_zone())


def _preferences_form() -> PreferencesForm:
    person, so_far = current_person(), {"language": language(), "time_zone": reader_zone()}
    if person is None:
        form = PreferencesForm(data=so_far)
    else:
        form = letter_choices_form(person, current_reader(), modes_of(db.session(), person.id), so_far)
    form.language.choices = [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    return form


def _with_choices(
    response: Response, chosen: str, zone_name: str, form: PreferencesForm | None = None
) -> Response:  # fmt: skip
    person = current_person()
    if person:
        with transaction() as session:
            prefer(session, person, chosen, zone_name)
            if isinstance(form, LetterChoicesForm):
                prefer_times(session, person, form.days, form.quiet_from.data, form.quiet_until.data)
                prefer_letters(session, person.id, form.modes)
    for name, value in ((LANGUAGE_COOKIE, chosen), (ZONE_COOKIE, zone_name)):
        response.set_cookie(name, value, max_age=YEAR, secure=settings().is_secure, httponly=True, samesite="Lax")
    return response


def _own_page(asked: str) -> str:
    """Return the path asked for if it is a page of ours, without the language it asked for; else the agenda."""
    path = asked.partition("#")[0].partition("?")[0]
    is_clean = all(32 < ord(c) < 127 and c != "\\" for c in path)
    return path if is_clean and path.startswith("/") and not path.startswith("//") else url_for("programme.agenda")


def _signed_in(cookie: str) -> Response:
    response = redirect(url_for("desk.desk_page"))
    response.set_cookie(
        SESSION_COOKIE, cookie, max_age=int(SESSION_LIFETIME.total_seconds()),
        secure=settings().is_secure, httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


def _sign_in_page(form: SignInForm) -> tuple[str, int]:
    page = render_template("people/sign_in.html", form=form, is_demo_open=is_demo_request())
    return page, 422 if form.is_submitted() else 200
