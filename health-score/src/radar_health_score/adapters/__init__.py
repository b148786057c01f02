"""What the ports plug into: tables, the bus, other systems."""
