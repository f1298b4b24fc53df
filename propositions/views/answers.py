"""What the pages of stage 3 have in common."""

from http import HTTPStatus

from django.forms import BaseForm


def page_status(*forms: BaseForm) -> HTTPStatus:
    """Return 422 for a page that shows what was wrong with a form that was sent."""
    wrong = any(form.is_bound and form.errors for form in forms)
    return HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
