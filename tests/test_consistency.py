"""The codebase tests itself: what reviews would have to repeat."""

import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from config.celery import app as celery_app
from tests import codebase
from tests.public_pages import PUBLIC

FILE_LINES = 400
FUNCTION_LINES = 40
TEMPLATE_LINES = 80

# Rows that are nothing without the row they belong to; everything else protects or forgets it.
PARTS_OF_A_WHOLE = {
    "agreements.AgreementClause.agreement",
    "agreements.Contribution.agreement",
    "agreements.CopyLink.document",
    "agreements.CopyLink.signatory",
    "agreements.Obligation.agreement",
    "agreements.Signatory.agreement",
    "agreements.SigningLink.signatory",
    "agreements.TemplateClause.template",
    "evaluation.Answer.response",
    "evaluation.FeedbackLink.invitation",
    "evaluation.Invitation.wave",
    "evaluation.Question.questionnaire",
    "evaluation.Response.invitation",
    "evaluation.Response.wave",
}
# Rows about somebody, which an erasure takes along; organisations and users are otherwise archived, not deleted.
PAST_OF_SOMEBODY = {
    "evaluation.Invitation.contact",
    "evaluation.Invitation.organisation",
    "evaluation.Response.organisation",
    "outreach.FollowUp.organisation",
    "outreach.Interaction.organisation",
    "outreach.MorningReminder.user",
    "partnerships.Contact.organisation",
    "partnerships.StatusChange.organisation",
    "partnerships.TimelineEvent.organisation",
    "ui.Draft.owner",
    "ui.SavedView.owner",
}

# Templates that a library looks up by a name of its own.
LOOKED_UP = ("account/", "mfa/", "usersessions/", "allauth/", "admin/", "tandem/", "django/", "registration/")
HANDLERS = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}

# What only somebody's machine or notes would know.
FORBIDDEN = re.compile(r"/work/|/tmp/brief|/root/|\bTO" + r"DO\b|\bFIX" + r"ME\b|\bXX" + r"X\b")
TEXTS = {".py", ".html", ".txt", ".md", ".css", ".js", ".toml", ".in", ".yaml", ".yml", ""}

python = pytest.mark.parametrize("path", codebase.python_files(*codebase.APPS, "config", "tests"), ids=codebase.name_of)
product = pytest.mark.parametrize("path", codebase.product_files(), ids=codebase.name_of)
template = pytest.mark.parametrize("path", codebase.templates(), ids=codebase.name_of)
page = pytest.mark.parametrize("path", codebase.templates(but="emails"), ids=codebase.name_of)


@python
def test_file_is_short(path: Path):
    assert len(codebase.source(path).splitlines()) <= FILE_LINES


@python
def test_functions_are_short(path: Path):
    assert [name for name, lines in codebase.functions(path) if lines > FUNCTION_LINES] == []


@product
def test_imports_inside_the_app_go_down(path: Path):
    module = ".".join(path.relative_to(codebase.ROOT).with_suffix("").parts)
    app = module.split(".", 1)[0]
    own = [name for name in codebase.imports(path) if name.startswith(f"{app}.") and app != "config"]

    upward = [name for name in own if codebase.role(name) < codebase.role(module)]

    assert upward == []


@product
def test_models_leave_save_alone(path: Path):
    names = {name for name, _ in codebase.functions(path)} if "models" in path.parts or path.stem == "models" else set()

    assert names & {"save", "delete"} == set()


@template
def test_template_is_short(path: Path):
    assert len(codebase.source(path).splitlines()) <= TEMPLATE_LINES


@page
def test_template_holds_no_style_script_or_handler(path: Path):
    forbidden = re.compile(
        r"""\sstyle\s*=|\son[a-z]+\s*=|<style\b|<script(?![^>]*\bsrc=)|javascript:|https?://(?!www\.w3\.org)"""
    )

    found = [element for element in codebase.elements(codebase.source(path)) if forbidden.search(element)]

    assert found == []


@template
def test_template_can_be_translated(path: Path):
    if "styleguide" in path.as_posix():  # for developers alone, while DEBUG is on
        return
    assert codebase.untranslated(codebase.source(path)) == []


@template
def test_template_is_used(path: Path):
    name = path.relative_to(codebase.TEMPLATES).as_posix()
    if name in HANDLERS or name.startswith(LOOKED_UP):
        return
    texts = [codebase.source(file) for file in [*codebase.product_files(), *codebase.templates()] if file != path]

    assert any(wanted in text for wanted in _names_in_use(name) for text in texts)


def _names_in_use(name: str) -> list[str]:
    """Return how a template may be called for: by its name, or a mail by its kind."""
    if not name.startswith("emails/"):
        return [f'"{name}"', f"'{name}'", f'"{name}#', f"'{name}#"]
    _, app, file = name.split("/", 2)
    return [f'"{name}"', f'"{app}.{file.rpartition(".")[0]}"']


@template
def test_hx_get_stands_beside_a_way_that_needs_no_script(path: Path):
    fetched = [
        element for element in codebase.elements(codebase.source(path)) if re.search(r"\shx-(get|post)=", element)
    ]
    plain = re.compile(r"\s(href|action|formaction|hx-trigger|type=.submit)")

    assert [element for element in fetched if not plain.search(element)] == []


def _texts() -> list[Path]:
    folders = (*codebase.APPS, "config", "templates", "tests", "docs", "script", ".ci")
    below = [path for folder in folders for path in sorted((codebase.ROOT / folder).rglob("*"))]
    return [
        path
        for path in [*below, *codebase.ROOT.glob("*.*")]
        if path.is_file()
        and path != Path(__file__)
        and path.suffix in TEXTS
        and not {"__pycache__", "vendor"} & set(path.parts)
    ]


@pytest.mark.parametrize("path", _texts(), ids=codebase.name_of)
def test_file_speaks_of_the_product_alone(path: Path):
    assert FORBIDDEN.findall(path.read_text(encoding="utf-8", errors="replace")) == []


def _public_pages(resolver: URLResolver, namespace: str = "") -> set[str]:
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            found |= _public_pages(entry, inner)
        elif isinstance(entry, URLPattern) and not getattr(entry.callback, "login_required", True):
            found.add(f"{namespace}{entry.name}")
    return found


def test_public_pages_are_those_on_the_list():
    assert _public_pages(get_resolver()) == set(PUBLIC)


def _form_classes(parent: type = forms.ModelForm) -> set[type[forms.ModelForm]]:
    below = set(parent.__subclasses__())
    own = {form for form in below if form.__module__.split(".", 1)[0] in codebase.APPS}
    return own.union(*map(_form_classes, below))


def test_model_forms_name_their_fields():
    get_resolver().url_patterns  # noqa: B018 - imports every form a page uses

    loose = {
        form.__qualname__
        for form in _form_classes()
        if "Meta" in vars(form)
        and (vars(form.Meta).get("fields") in (None, "__all__") or hasattr(form.Meta, "exclude"))
    }

    assert loose == set()


def _foreign_keys() -> list[models.ForeignKey]:
    own = [model for app in codebase.APPS for model in apps.get_app_config(app).get_models()]
    return [field for model in own for field in model._meta.local_fields if isinstance(field, models.ForeignKey)]


def test_rows_go_with_another_only_where_it_was_considered():
    cascading = {str(field) for field in _foreign_keys() if field.remote_field.on_delete is models.CASCADE}

    assert cascading == PARTS_OF_A_WHOLE | PAST_OF_SOMEBODY


def test_tasks_that_are_woken_or_scheduled_exist():
    celery_app.loader.import_default_modules()
    woken = {name for path in codebase.product_files() for name in codebase.calls(path, "wake")}
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert (woken | scheduled) - set(celery_app.tasks) == set()


def test_readme_names_every_setting_of_the_environment():
    wanted = {
        name
        for path in codebase.python_files("config")
        if path.name != "test.py"
        for function in ("env", "bool", "int", "list", "db", "email_url")
        for name in codebase.calls(path, function)
        if name.isupper()
    }
    readme = (codebase.ROOT / "README.md").read_text()

    assert {name for name in wanted if f"`{name}`" not in readme} == set()
