"""The sidebar, made from the pages that the stages declare."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    return {"nav": []}
