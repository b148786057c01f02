"""The log that services share: one small port, a Kafka driver and an embedded one."""
