from django.conf import settings
from django.http import HttpRequest


def school(request: HttpRequest) -> dict[str, object]:
    return {"school": getattr(request, "school", None), "DEMO": settings.DEMO}
