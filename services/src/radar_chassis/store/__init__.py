"""Each service's own database: connections, transactions, migrations, offsets."""
