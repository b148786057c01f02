"""From a decision to messages: guards, tiers, digests, and who has been told what."""
