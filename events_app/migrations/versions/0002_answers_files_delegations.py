"""Answers, suggestions, uploaded files, sign-in requests."""

import sqlalchemy as sa
from alembic import op

import events_app.shared.database

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sign_in_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('asked_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_request'))
    )
    op.create_table('answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('state_code', sa.String(length=2), nullable=False),
    sa.Column('answer', sa.String(length=20), nullable=False),
    sa.Column('head', sa.String(length=120), nullable=False),
    sa.Column('accompanying', sa.Integer(), nullable=False),
    sa.Column('names', sa.String(length=2000), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('is_late', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_answer_answered_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_answer_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['state_code'], ['state.code'], name=op.f('fk_answer_state_code_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('event_id', 'state_code', name=op.f('uq_answer_event_id'))
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_state_code'), ['state_code'], unique=False)

    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('state_code', sa.String(length=2), nullable=False),
    sa.Column('suggested_by_id', sa.Integer(), nullable=True),
    sa.Column('suggested_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('what', sa.String(length=20), nullable=False),
    sa.Column('text', sa.String(length=500), nullable=False),
    sa.Column('day', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_suggestion_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['state_code'], ['state.code'], name=op.f('fk_suggestion_state_code_state')),
    sa.ForeignKeyConstraint(['suggested_by_id'], ['person.id'], name=op.f('fk_suggestion_suggested_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion'))
    )
    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suggestion_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_suggestion_state_code'), ['state_code'], unique=False)

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stored_as', sa.String(length=64), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('file_name', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('content_type', sa.String(length=100), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('size', sa.Integer(), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('visibility', sa.String(length=20), nullable=False, server_default=''))

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('guests', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('answer_by', sa.Date(), nullable=True))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', events_app.shared.database.UtcDateTime(), nullable=True))

    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('program', sa.String(length=60), nullable=False, server_default=''))



def downgrade() -> None:
    with op.batch_alter_table('sign_in_session', schema=None) as batch_op:
        batch_op.drop_column('program')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('removed_at')

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('answer_by')
        batch_op.drop_column('guests')

    with op.batch_alter_table('document', schema=None) as batch_op:
        batch_op.drop_column('visibility')
        batch_op.drop_column('size')
        batch_op.drop_column('content_type')
        batch_op.drop_column('file_name')
        batch_op.drop_column('stored_as')

    with op.batch_alter_table('suggestion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suggestion_state_code'))
        batch_op.drop_index(batch_op.f('ix_suggestion_event_id'))

    op.drop_table('suggestion')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_state_code'))
        batch_op.drop_index(batch_op.f('ix_answer_event_id'))

    op.drop_table('answer')
    op.drop_table('sign_in_request')
