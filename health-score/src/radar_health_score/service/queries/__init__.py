"""Questions that the HTTP API answers; each answer is read in one transaction."""
