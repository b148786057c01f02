"""Loads files of events through the product's own HTTP API: CSV, NDJSON and Parquet."""
