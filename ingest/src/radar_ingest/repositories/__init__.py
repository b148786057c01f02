"""The service's tables, and every statement on them. The service layer calls these classes as they are."""
