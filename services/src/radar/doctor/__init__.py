"""Looks at an installation: settings, log, databases, addresses, channels. Sends nothing, changes nothing."""
