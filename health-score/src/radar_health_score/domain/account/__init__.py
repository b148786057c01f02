"""What is known of one account."""
