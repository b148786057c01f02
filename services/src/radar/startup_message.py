"""What the embedded product prints when it has started."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class StartupMessage:
    """What is to be told: where the product is, the key that opens it, whether a sample is on its way."""

    url: str
    key: str
    data: Path
    loading: bool


def print_startup_message(message: StartupMessage, *, as_json: bool) -> None:
    """Print where the console is, the API key, and a line to copy; as one line of JSON for machines."""
    url, key = message.url, message.key
    curl = f"curl -s -H 'Authorization: Bearer {key}' '{url}/v1/accounts?band=at_risk&standing=customer'"
    if as_json:
        facts = {"console": f"{url}/", "url": url, "api_key": key, "curl": curl, "data": str(message.data)}
        text = json.dumps(facts)
    else:
        text = f"""
Renewal Radar is running. Ctrl-C stops it; your data stays in {message.data}.
{_SAMPLE if message.loading else ""}
  Console   {url}/
  API key   {key}
  Try       {curl}
  API       {url}/docs
"""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


_SAMPLE = "Loading a sample company. This takes a few seconds.\n"
