"""What a template shows, as frozen values: every word and number is decided here, not in the template."""
