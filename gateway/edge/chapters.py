"""Addresses of the API, each with what the description tells of it."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, Response

from gateway.edge.addresses import API
from schemas.documents import Json


class Operation(NamedTuple):
    """`about` is an operation of OpenAPI, in which schemas and names of components may stand for themselves."""

    method: str
    path: str
    about: Json


class Chapter(Blueprint):
    """Addresses that the description tells of under one title."""

    def __init__(self, name: str, title: str):
        super().__init__(name, name, url_prefix=API)
        self.title = title
        self.operations: list[Operation] = []

    def add(
        self, method: str, path: str, about: Json, view: Callable[..., Response]
    ) -> None:
        """`path` is Flask's, without what all addresses of the API begin with."""
        self.add_url_rule(path, about["operationId"], view, methods=[method])
        self.operations.append(Operation(method, path, about))
