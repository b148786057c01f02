"""The console: pages for people, rendered on the server from the services' public HTTP APIs."""
