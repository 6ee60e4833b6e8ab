"""`comity schema`: the format of a dossier, for editors and other programs."""

import json

import jsonschema

from comity.dossier.schema import schema


def test_the_schema_is_printed_whole(comity):
    """What is printed is the library's schema, as JSON, and a valid JSON Schema."""
    ran = comity("schema")
    assert (ran.code, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == schema()
    jsonschema.Draft202012Validator.check_schema(json.loads(ran.stdout))
    assert ran.stdout.endswith("}\n")
