"""Puts msgspec values on the wire as JSON, and describes them in the API's own description."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from fastapi import Response


def _plain(value: Any) -> str:
    """Return a text with more than its characters, such as a ``Sentence``, as a plain one: msgspec takes no other."""
    if isinstance(value, str):
        return str(value)
    raise NotImplementedError(f"{type(value)} can't be put on the wire.")


_encoder: Final = msgspec.json.Encoder(enc_hook=_plain)


def json_answer(value: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Return ``value`` as a JSON answer."""
    return Response(_encoder.encode(value), media_type="application/json", headers=headers)


def answers_with(kind: Any) -> dict[int | str, dict[str, Any]]:
    """Return a route's ``responses``: the JSON schema of ``kind``."""
    (schema,), parts = msgspec.json.schema_components((kind,), ref_template="{name}")
    content = {"application/json": {"schema": _inlined(schema, parts)}}
    return {200: {"description": "Successful Response", "content": content}}


def _inlined(schema: Any, parts: Mapping[str, Any]) -> Any:
    """Return the schema with each part in its place: FastAPI keeps components of its own models alone."""
    match schema:
        case {"$ref": name}:
            return _inlined(parts[name], parts)
        case dict():
            return {name: _inlined(value, parts) for name, value in schema.items()}
        case list():
            return [_inlined(value, parts) for value in schema]
    return schema
