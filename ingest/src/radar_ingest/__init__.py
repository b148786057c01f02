"""Ingest: takes events over HTTP, answers with honest receipts, and puts what it accepts on the log."""
