"""Where the world comes in: HTTP, records, schedules."""
