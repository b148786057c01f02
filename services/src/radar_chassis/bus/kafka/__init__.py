"""The Kafka driver: for everything beyond one machine. Needs the extra ``renewal-radar[kafka]``."""
