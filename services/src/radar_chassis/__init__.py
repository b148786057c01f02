"""What every service stands on: contracts, bus, store, worker, HTTP, configuration, errors, time."""
