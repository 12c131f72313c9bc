"""Odd mail as files: forgotten with its time, or with the person it is about."""

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from events_app.mail.actions.forgetting import forget_letters_to
from events_app.mail.incoming import Delivery, raw_mail, receive_mail
from events_app.mail.incoming.keeping import kept_mail
from events_app.mail.incoming.queries import waiting_mail
from events_app.mail.models import IncomingMail
from events_app.worker.forgetting import forget_old

ODD = b"From: Ben <ben@elsewhere.example>\r\nSubject: Hello\r\n\r\nHow are you?"


def test_odd_mail_is_forgotten_with_the_letters(session, settings, deliver, mailroom, clock):
    kept_for = replace(settings, keep_letters=30)
    incoming = deliver(ODD)
    clock.advance(timedelta(days=29))
    forget_old(session, kept_for, clock.now())
    assert kept_mail(mailroom.folder, incoming.stored_as) == ODD
    clock.advance(timedelta(days=2))
    forget_old(session, kept_for, clock.now())
    session.commit()
    session.expire_all()
    assert (incoming.sender, incoming.subject, incoming.stored_as, incoming.sort) == ("", "", "", "other")
    assert list(mailroom.folder.iterdir()) == []
    assert waiting_mail(session) == []


def test_a_file_whose_row_is_not_committed_yet_stays_for_an_hour(session, settings, mailroom, clock):
    mailroom.folder.mkdir()
    fresh, lost = mailroom.folder / "fresh.eml", mailroom.folder / "lost.eml"
    for path, age in ((fresh, timedelta(minutes=30)), (lost, timedelta(hours=2))):
        path.write_bytes(ODD)
        os.utime(path, ((clock.now() - age).timestamp(),) * 2)
    forget_old(session, settings, clock.now())
    assert list(mailroom.folder.iterdir()) == [fresh]


def test_what_came_from_a_removed_person_is_forgotten(session, anna, reply, deliver):
    incoming = deliver(reply("TENTATIVE", lines=("COMMENT:Private",)))
    forget_letters_to(session, anna.id)
    session.commit()
    session.expire_all()
    assert (incoming.sender, incoming.subject, incoming.comment, incoming.stored_as) == ("", "", "", "")


@pytest.mark.parametrize("name", ["", "../events.sqlite", "/etc/hostname", "nothing.eml"])
def test_only_files_of_the_folder_are_handed_out(deliver, mailroom, name):
    deliver(ODD)
    assert kept_mail(mailroom.folder, name) is None


def test_a_mail_on_which_the_reading_breaks_is_set_aside(step, clock, mailroom, reply):
    broken = replace(mailroom, key=None)  # as a mistake of ours would break it
    incoming = receive_mail(stepping(step, clock), Delivery(raw_mail(reply())), broken)
    assert (incoming.sort, incoming.outcome, incoming.settled_at) == ("unreadable", "broke-off", None)
    assert kept_mail(mailroom.folder, incoming.stored_as) == reply()


def test_a_mail_that_no_disk_takes_has_to_come_again(step, clock, mailroom, session):
    mailroom.folder.write_text("a file where the folder should be")
    with pytest.raises(FileExistsError):
        receive_mail(stepping(step, clock), Delivery(raw_mail(ODD)), mailroom)
    assert session.scalars(select(IncomingMail)).all() == []


def stepping(step, clock):
    """Return the steps of the tests as those of a worker."""

    @contextmanager
    def opened():
        with step() as session:
            yield session, clock.now()

    return opened
