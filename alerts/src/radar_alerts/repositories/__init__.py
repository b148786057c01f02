"""The service's tables, and every statement on them. The service layer calls these as they are."""
