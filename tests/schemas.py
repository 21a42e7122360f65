"""The record's schema as the package ships it."""

from __future__ import annotations

import json
from importlib.resources import files

from jsonschema import Draft202012Validator

SCHEMA = json.loads(files("seedclean").joinpath("record.schema.json").read_text("utf-8"))
Draft202012Validator.check_schema(SCHEMA)
VALIDATOR = Draft202012Validator(SCHEMA)
