"""Counts a request's queries and CPU, and keeps the SQL of a view so that a bare one can run it again."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
Statement = tuple[str, Any]

captured: dict[str, list[Statement]] = {}


class Statements:
    """Gathers what is executed, with its parameters."""

    def __init__(self) -> None:
        self.list: list[Statement] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.list.append((sql, params))
        return execute(sql, params, many, context)


def whole_request_middleware(get_response: Handler) -> Handler:
    """Say in the answer's headers what CPU and how many queries the whole request took."""

    def middleware(request: HttpRequest) -> HttpResponse:
        statements = Statements()
        started = time.thread_time()
        with connection.execute_wrapper(statements):
            response = get_response(request)
        response["X-Bench-CPU"] = str(time.thread_time() - started)
        response["X-Bench-Queries"] = str(len(statements.list))
        return response

    return middleware


def view_middleware(get_response: Handler) -> Handler:
    """Keep the view's own SQL under the name the request gives."""

    def middleware(request: HttpRequest) -> HttpResponse:
        name = request.headers.get("X-Bench-Capture")
        if name is None:
            return get_response(request)
        statements = Statements()
        with connection.execute_wrapper(statements):
            response = get_response(request)
        captured[name] = statements.list
        return response

    return middleware


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """Run the SQL kept under a name, fetch every row, and answer with their number."""
    rows = 0
    with connection.cursor() as cursor:
        for sql, params in captured[name]:
            cursor.execute(sql, params)
            rows += len(cursor.fetchall()) if cursor.description else 0
    return HttpResponse(f"{rows} rows")
