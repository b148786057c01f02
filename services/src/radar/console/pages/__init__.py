"""One module a page: what it asks the APIs for, and what it hands to its template."""
