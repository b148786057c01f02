"""The records that services exchange: one frozen type per record and version, each with a golden file in tests.

Services meet only here and over HTTP. A change that an old reader can't bear is a new version, not an edit.
"""
