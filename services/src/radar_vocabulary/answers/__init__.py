"""What the HTTP APIs answer with: declared once, for the service that answers and for whoever asks."""
