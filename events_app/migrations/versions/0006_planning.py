"""Planning: frozen holidays, plans, date consultations; preparation and lessons."""

import sqlalchemy as sa
from alembic import op

import events_app.shared.database

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('holiday_year',
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('frozen_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('source', sa.String(length=80), nullable=False),
    sa.PrimaryKeyConstraint('year', name=op.f('pk_holiday_year'))
    )
    op.create_table('holiday',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('state_code', sa.String(length=2), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('is_estimated', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['state_code'], ['state.code'], name=op.f('fk_holiday_state_code_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday')),
    sa.UniqueConstraint('state_code', 'day', name=op.f('uq_holiday_state_code'))
    )
    with op.batch_alter_table('holiday', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holiday_day'), ['day'], unique=False)

    op.create_table('holiday_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('state_code', sa.String(length=2), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('is_estimated', sa.Boolean(), nullable=False),
    sa.Column('moved_from', sa.Date(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('source', sa.String(length=500), nullable=False),
    sa.Column('corrected_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('corrected_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("is_estimated = false OR name <> ''", name=op.f('ck_holiday_correction_estimates_have_names')),
    sa.ForeignKeyConstraint(['corrected_by_id'], ['person.id'], name=op.f('fk_holiday_correction_corrected_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['state_code'], ['state.code'], name=op.f('fk_holiday_correction_state_code_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_holiday_correction')),
    sa.UniqueConstraint('state_code', 'day', name=op.f('uq_holiday_correction_state_code'))
    )
    with op.batch_alter_table('holiday_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_holiday_correction_day'), ['day'], unique=False)

    op.create_table('plan_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('major', sa.Integer(), nullable=False),
    sa.Column('minor', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('plan', sa.JSON(), nullable=False),
    sa.Column('adopted_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('adopted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['adopted_by_id'], ['person.id'], name=op.f('fk_plan_version_adopted_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_version')),
    sa.UniqueConstraint('year', 'major', 'minor', name=op.f('uq_plan_version_year'))
    )
    with op.batch_alter_table('plan_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plan_version_year'), ['year'], unique=False)

    op.create_table('accepted_clash',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('clash', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('accepted_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('accepted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['accepted_by_id'], ['person.id'], name=op.f('fk_accepted_clash_accepted_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_accepted_clash_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accepted_clash')),
    sa.UniqueConstraint('event_id', 'clash', name=op.f('uq_accepted_clash_event_id'))
    )
    with op.batch_alter_table('accepted_clash', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_accepted_clash_event_id'), ['event_id'], unique=False)

    op.create_table('consultation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('opened_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=True),
    sa.Column('expires_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('are_answers_shown', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('withdrawn_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_because', sa.String(length=500), nullable=False),
    sa.Column('settled_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("what IN ('poll', 'no-objection')", name=op.f('ck_consultation_what_is_known')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_consultation_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opened_by_id'], ['person.id'], name=op.f('fk_consultation_opened_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], name=op.f('fk_consultation_settled_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['person.id'], name=op.f('fk_consultation_withdrawn_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_event_id'), ['event_id'], unique=False)
        batch_op.create_index('ix_consultation_expires_at', ['expires_at'], unique=False)

    op.create_table('lesson',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('noted_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_lesson_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['noted_by_id'], ['person.id'], name=op.f('fk_lesson_noted_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson'))
    )
    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lesson_event_id'), ['event_id'], unique=False)

    op.create_table('preparation_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('working_days', sa.Integer(), nullable=False),
    sa.Column('is_dropped', sa.Boolean(), nullable=False),
    sa.Column('assigned_to_id', sa.Integer(), nullable=True),
    sa.Column('done_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('changed_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['assigned_to_id'], ['person.id'], name=op.f('fk_preparation_step_assigned_to_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_preparation_step_done_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_preparation_step_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_preparation_step')),
    sa.UniqueConstraint('event_id', 'key', name=op.f('uq_preparation_step_event_id'))
    )
    with op.batch_alter_table('preparation_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_preparation_step_event_id'), ['event_id'], unique=False)

    op.create_table('poll_option',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=255), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('start_time', sa.Time(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('end_time', sa.Time(), nullable=True),
    sa.Column('time_zone', sa.String(length=64), nullable=False),
    sa.Column('start_fold', sa.Integer(), nullable=False),
    sa.Column('end_fold', sa.Integer(), nullable=False),
    sa.Column('starts_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('ends_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('is_chosen', sa.Boolean(), nullable=False),
    sa.Column('removed_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('modified_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.CheckConstraint('(start_time IS NULL) = (end_time IS NULL)', name=op.f('ck_poll_option_times_together')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_poll_option_instants_in_order')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_poll_option_consultation_id_consultation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poll_option')),
    sa.UniqueConstraint('uid', name=op.f('uq_poll_option_uid'))
    )
    with op.batch_alter_table('poll_option', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_poll_option_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('reaction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('state_code', sa.String(length=2), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('text', sa.String(length=2000), nullable=False),
    sa.Column('at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.Column('breaks', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_reaction_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_reaction_consultation_id_consultation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['state_code'], ['state.code'], name=op.f('fk_reaction_state_code_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reaction'))
    )
    with op.batch_alter_table('reaction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reaction_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('poll_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('option_id', sa.Integer(), nullable=False),
    sa.Column('state_code', sa.String(length=2), nullable=False),
    sa.Column('answer', sa.String(length=20), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_poll_answer_answered_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['option_id'], ['poll_option.id'], name=op.f('fk_poll_answer_option_id_poll_option'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['state_code'], ['state.code'], name=op.f('fk_poll_answer_state_code_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poll_answer')),
    sa.UniqueConstraint('option_id', 'state_code', name=op.f('uq_poll_answer_option_id'))
    )
    with op.batch_alter_table('poll_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_poll_answer_option_id'), ['option_id'], unique=False)

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('silence_ends_at', events_app.shared.database.UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_event_silence_ends_at'), ['silence_ends_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_event_silence_ends_at'))
        batch_op.drop_column('silence_ends_at')

    with op.batch_alter_table('poll_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_poll_answer_option_id'))

    op.drop_table('poll_answer')
    with op.batch_alter_table('reaction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reaction_consultation_id'))

    op.drop_table('reaction')
    with op.batch_alter_table('poll_option', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_poll_option_consultation_id'))

    op.drop_table('poll_option')
    with op.batch_alter_table('preparation_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_preparation_step_event_id'))

    op.drop_table('preparation_step')
    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lesson_event_id'))

    op.drop_table('lesson')
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.drop_index('ix_consultation_expires_at')
        batch_op.drop_index(batch_op.f('ix_consultation_event_id'))

    op.drop_table('consultation')
    with op.batch_alter_table('accepted_clash', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_accepted_clash_event_id'))

    op.drop_table('accepted_clash')
    with op.batch_alter_table('plan_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plan_version_year'))

    op.drop_table('plan_version')
    with op.batch_alter_table('holiday_correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_holiday_correction_day'))

    op.drop_table('holiday_correction')
    with op.batch_alter_table('holiday', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_holiday_day'))

    op.drop_table('holiday')
    op.drop_table('holiday_year')
