"""Alembic's environment for every service: runs on the connection that ``migrate`` hands over."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
)
context.run_migrations()
