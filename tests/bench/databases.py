"""Empty databases on a benchmark's server."""

import uuid

import psycopg


def fresh(server: str) -> str:
    """Create a database on the server with this SQLAlchemy URL; return its URL."""
    name = f"bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
        connection.execute("CHECKPOINT")
    return server.rsplit("/", 1)[0] + "/" + name
