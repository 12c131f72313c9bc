"""The forms of a delegation: a new member, a role and its dates."""

from wtforms.validators import InputRequired, Length, Optional

from events_app.people.models import Post
from events_app.rights.delegations import roles_to_give
from events_app.rights.models import Reader
from events_app.web.context import language
from events_app.web.fields import ChoiceField, DayField, LineField, PageForm
from events_app.words.labels import role_name


class RoleForm(PageForm):
    """A role in a delegation, from a first to a last day."""

    role = ChoiceField()
    valid_from = DayField(validators=[InputRequired()])
    valid_to = DayField(validators=[Optional()])


class MemberForm(RoleForm):
    """Somebody new: address and name, then the role."""

    email = LineField(validators=[InputRequired(), Length(max=254)])
    name = LineField(validators=[InputRequired(), Length(max=120)])


def offer_roles(form: RoleForm, reader: Reader, code: str) -> None:
    """Offer the roles that a reader may give in a delegation."""
    form.role.choices = [(role, role_name(role, language())) for role in roles_to_give(reader, code)]


def role_form(reader: Reader, post: Post) -> RoleForm:
    """Return the form of a role, filled with what was sent or else with what is held."""
    form = RoleForm(obj=post)
    offer_roles(form, reader, post.state_code)
    return form
