"""A made-up company and its customers: seeded, repeatable, with every behaviour that a score must tell apart."""
