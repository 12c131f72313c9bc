"""Invitations, mail that comes in, changes to be told, rules and preferences of letters."""

import sqlalchemy as sa
from alembic import op

import events_app.shared.database

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('letter_preference',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('letter', sa.String(length=40), nullable=False),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_letter_preference_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'letter', name=op.f('pk_letter_preference'))
    )
    op.create_table('change_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('due_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('was', sa.JSON(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('derived_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_change_notice_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_change_notice_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_notice'))
    )
    with op.batch_alter_table('change_notice', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_change_notice_derived_at'), ['derived_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_change_notice_event_id'), ['event_id'], unique=False)

    op.create_table('incoming_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('received_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('message_id', sa.String(length=255), nullable=False),
    sa.Column('sender', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('sort', sa.String(length=20), nullable=False),
    sa.Column('outcome', sa.String(length=40), nullable=False),
    sa.Column('comment', sa.String(length=500), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('state_code', sa.String(length=2), nullable=True),
    sa.Column('stored_as', sa.String(length=64), nullable=False),
    sa.Column('settled_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_incoming_mail_event_id_event'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_incoming_mail_person_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], name=op.f('fk_incoming_mail_settled_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incoming_mail')),
    sa.UniqueConstraint('digest', name=op.f('uq_incoming_mail_digest'))
    )
    with op.batch_alter_table('incoming_mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incoming_mail_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incoming_mail_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_incoming_mail_received_at'), ['received_at'], unique=False)

    op.create_table('mailbox_state',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('reply', sa.Text(), nullable=False),
    sa.Column('failing_since', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('retry_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailbox_state'))
    )
    op.create_table('invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state_code', sa.String(length=2), nullable=False),
    sa.Column('invited_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('withdrawals', sa.Integer(), nullable=False),
    sa.Column('replied_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('replied_sequence', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_invitation_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invited_by_id'], ['person.id'], name=op.f('fk_invitation_invited_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invitation_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['state_code'], ['state.code'], name=op.f('fk_invitation_state_code_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation')),
    sa.UniqueConstraint('event_id', 'person_id', name=op.f('uq_invitation_event_id'))
    )
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_event_id'), ['event_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitation_person_id'), ['person_id'], unique=False)

    op.create_table('restoration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('taken_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('restored_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_restoration'))
    )
    op.create_table('reminder_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('kind_key', sa.String(length=40), nullable=True),
    sa.Column('group_key', sa.String(length=30), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('days', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_reminder_rule_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['kind_key'], ['kind.key'], name=op.f('fk_reminder_rule_kind_key_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder_rule')),
    sa.UniqueConstraint('event_id', 'kind_key', 'group_key', 'part', name=op.f('uq_reminder_rule_event_id'))
    )
    with op.batch_alter_table('reminder_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_rule_event_id'), ['event_id'], unique=False)

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('quiet_from', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('quiet_until', sa.Time(), nullable=True))
        batch_op.add_column(sa.Column('lead_days', sa.JSON(), nullable=False, server_default='[]'))



def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('lead_days')
        batch_op.drop_column('quiet_until')
        batch_op.drop_column('quiet_from')

    with op.batch_alter_table('reminder_rule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_rule_event_id'))

    op.drop_table('reminder_rule')
    op.drop_table('restoration')
    with op.batch_alter_table('invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_invitation_person_id'))
        batch_op.drop_index(batch_op.f('ix_invitation_event_id'))

    op.drop_table('invitation')
    with op.batch_alter_table('incoming_mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_incoming_mail_received_at'))
        batch_op.drop_index(batch_op.f('ix_incoming_mail_person_id'))
        batch_op.drop_index(batch_op.f('ix_incoming_mail_event_id'))

    op.drop_table('incoming_mail')
    op.drop_table('mailbox_state')
    with op.batch_alter_table('change_notice', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_change_notice_event_id'))
        batch_op.drop_index(batch_op.f('ix_change_notice_derived_at'))

    op.drop_table('change_notice')
    op.drop_table('letter_preference')
