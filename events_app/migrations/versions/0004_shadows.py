"""Calendars of other bodies, for planning."""

import sqlalchemy as sa
from alembic import op

import events_app.shared.database

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('shadow_calendar',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('source_file_name', sa.String(length=200), nullable=False),
    sa.Column('imported_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('imported_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['imported_by_id'], ['person.id'], name=op.f('fk_shadow_calendar_imported_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shadow_calendar')),
    sa.UniqueConstraint('name', name=op.f('uq_shadow_calendar_name'))
    )
    op.create_table('shadow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('calendar_id', sa.Integer(), nullable=False),
    sa.Column('uid', sa.String(length=255), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('location', sa.String(length=200), nullable=False),
    sa.Column('starts_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('ends_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('is_all_day', sa.Boolean(), nullable=False),
    sa.Column('time_zone', sa.String(length=64), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_shadow_days_in_order')),
    sa.CheckConstraint('is_all_day = (starts_at IS NULL)', name=op.f('ck_shadow_all_day_without_instants')),
    sa.CheckConstraint('(starts_at IS NULL) = (ends_at IS NULL)', name=op.f('ck_shadow_instants_together')),
    sa.ForeignKeyConstraint(['calendar_id'], ['shadow_calendar.id'], name=op.f('fk_shadow_calendar_id_shadow_calendar'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shadow')),
    sa.UniqueConstraint('calendar_id', 'uid', name=op.f('uq_shadow_calendar_id'))
    )
    with op.batch_alter_table('shadow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shadow_calendar_id'), ['calendar_id'], unique=False)
        batch_op.create_index('ix_shadow_days', ['starts_on', 'ends_on'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('shadow', schema=None) as batch_op:
        batch_op.drop_index('ix_shadow_days')
        batch_op.drop_index(batch_op.f('ix_shadow_calendar_id'))

    op.drop_table('shadow')
    op.drop_table('shadow_calendar')
