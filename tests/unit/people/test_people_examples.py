"""The examples of people fit its schemas."""

from schemas import people as schemas
from services.people.service import People
from tests.examples import people as examples
from tests.examples.fit import assert_examples_fit


def test_every_command_event_and_resource_has_an_example() -> None:
    assert_examples_fit(People, schemas, examples)
