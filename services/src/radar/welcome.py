"""The words with which the embedded product greets whoever started it."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """What is to be told: where the product is, the key that opens it, whether a sample is on its way."""

    url: str
    key: str
    data: Path
    loading: bool


def greet(greeting: Greeting, *, as_json: bool) -> None:
    """Print where the console is, the API key, and a line to copy; as one line of JSON for machines."""
    url, key = greeting.url, greeting.key
    curl = f"curl -s -H 'Authorization: Bearer {key}' '{url}/v1/accounts?band=at_risk&standing=customer'"
    if as_json:
        facts = {"console": f"{url}/", "url": url, "api_key": key, "curl": curl, "data": str(greeting.data)}
        text = json.dumps(facts)
    else:
        text = f"""
Renewal Radar is up. Ctrl-C ends it; its state stays in {greeting.data}.
{_SAMPLE if greeting.loading else ""}
  Console   {url}/
  API key   {key}
  Try       {curl}
  API       {url}/docs
"""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


_SAMPLE = "A sample company is being loaded: give it a few seconds.\n"
