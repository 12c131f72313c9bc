"""The form with which somebody builds a personal feed."""

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from events_app.events.queries import kinds, topics
from events_app.extensions import db
from events_app.feeds.choices import ALARMS, LONGEST_LABEL, FeedChoice
from events_app.feeds.models import DETAILS, FULL
from events_app.web.access import current_reader
from events_app.web.context import language, say
from events_app.web.fields import ChoiceField, LineField, ManyField, PageForm
from events_app.words.feeds import detail_name
from events_app.words.labels import group_name, kind_name, topic_name
from events_app.words.languages import LANGUAGE_NAMES

ALARM_NAMES = {0: "No alarm", 15: "15 minutes before", 60: "1 hour before", 1440: "1 day before"}


class LabelForm(PageForm):
    """What a link is called by its owner."""

    label = LineField(validators=[InputRequired(), Length(max=LONGEST_LABEL)])


class LinkForm(LabelForm):
    """A personal feed: which events, how much of them, how they are shown."""

    group_keys = ManyField()
    kind_keys = ManyField()
    topic_keys = ManyField()
    language = ChoiceField()
    detail = ChoiceField(default=FULL)
    alarm_minutes = ChoiceField(coerce=int, default=0)
    shows_cancelled = BooleanField(default=True)

    def choice(self) -> FeedChoice:
        """Return what was chosen."""
        groups, kinds, topics = (tuple(f.data or ()) for f in (self.group_keys, self.kind_keys, self.topic_keys))
        shown = (self.language.data, self.detail.data, self.alarm_minutes.data, self.shows_cancelled.data)
        return FeedChoice(groups, kinds, topics, *shown)


def link_form() -> LinkForm:
    """Return the form with what is on offer, in the language of the page."""
    form = LinkForm()
    session, code = db.session(), language()
    groups = current_reader().partnership.groups.values()
    form.group_keys.choices = [(group.key, group_name(group, code)) for group in groups]
    form.kind_keys.choices = [(kind.key, kind_name(kind, (), None, code)) for kind in kinds(session)]
    form.topic_keys.choices = [(topic.key, topic_name(topic, code)) for topic in topics(session)]
    form.language.choices = list(LANGUAGE_NAMES.items())
    form.detail.choices = [(detail, detail_name(detail, code)) for detail in reversed(DETAILS)]
    form.alarm_minutes.choices = [(minutes, say(ALARM_NAMES[minutes])) for minutes in ALARMS]
    if not form.is_submitted():
        form.label.data, form.language.data = say("My meetings"), code
        for field in (form.group_keys, form.kind_keys, form.topic_keys):
            field.data = []
    return form
