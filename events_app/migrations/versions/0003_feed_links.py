"""Personal feed links and from where they are fetched; what of an event changed for whom."""

import sqlalchemy as sa
from alembic import op

import events_app.shared.database

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feed_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('group_keys', sa.JSON(), nullable=False),
    sa.Column('kind_keys', sa.JSON(), nullable=False),
    sa.Column('topic_keys', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('detail', sa.String(length=10), nullable=False),
    sa.Column('alarm_minutes', sa.Integer(), nullable=False),
    sa.Column('shows_cancelled', sa.Boolean(), nullable=False),
    sa.Column('created_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('changed_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.Column('revoked_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('fetched_at', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.Column('program', sa.String(length=60), nullable=False),
    sa.Column('served_etag', sa.String(length=64), nullable=False),
    sa.Column('served_since', events_app.shared.database.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feed_link_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_link')),
    sa.UniqueConstraint('digest', name=op.f('uq_feed_link_digest'))
    )
    with op.batch_alter_table('feed_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_link_person_id'), ['person_id'], unique=False)

    op.create_table('feed_fetch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('link_id', sa.Integer(), nullable=False),
    sa.Column('network', sa.String(length=16), nullable=False),
    sa.Column('fetched_at', events_app.shared.database.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['feed_link.id'], name=op.f('fk_feed_fetch_link_id_feed_link'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feed_fetch')),
    sa.UniqueConstraint('link_id', 'network', name=op.f('uq_feed_fetch_link_id'))
    )
    with op.batch_alter_table('feed_fetch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_fetch_fetched_at'), ['fetched_at'], unique=False)

    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('changed_at', events_app.shared.database.UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column('inner_modified_at', events_app.shared.database.UtcDateTime(), nullable=True))

    op.execute('UPDATE event SET changed_at = modified_at')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.alter_column('changed_at', existing_type=events_app.shared.database.UtcDateTime(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_column('inner_modified_at')
        batch_op.drop_column('changed_at')

    with op.batch_alter_table('feed_fetch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feed_fetch_fetched_at'))

    op.drop_table('feed_fetch')
    with op.batch_alter_table('feed_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_feed_link_person_id'))

    op.drop_table('feed_link')
