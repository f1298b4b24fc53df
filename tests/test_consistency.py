"""The codebase tests itself: what reviews would have to repeat."""

import re
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.template import TemplateSyntaxError
from django.template.loader import get_template
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
    "agreements.FirstPage.document",
    "agreements.Obligation.agreement",
    "agreements.Signatory.agreement",
    "agreements.SigningLink.signatory",
    "agreements.TemplateClause.template",
    "evaluation.Answer.response",
    "evaluation.ClassLink.wave",
    "evaluation.FeedbackLink.invitation",
    "evaluation.Invitation.wave",
    "evaluation.Question.questionnaire",
    "evaluation.Response.invitation",
    "evaluation.Response.wave",
    "evaluation.StudentInvitation.wave",
    "evaluation.StudentLink.invitation",
    "goals.AssessmentItem.assessment",
    "goals.ManualReading.measure",
    "goals.Measure.goal",
    "goals.ProposedGoal.assessment",
    "goals.TargetChange.measure",
    "opportunities.ProposalAnswer.version",
    "opportunities.ProposalItem.version",
    "opportunities.ProposalLink.version",
    "opportunities.ProposalVersion.proposal",
    "outreach.EnquiryReply.enquiry",
    "partnerships.ImportRow.batch",
    "pilots.CriterionChange.criterion",
    "pilots.SuccessCriterion.pilot",
    "propositions.Benefit.proposition",
    "propositions.ConsentLink.testimonial",
    "propositions.PublicationConsent.testimonial",
}
# Rows about somebody, which an erasure takes along; organisations and users are otherwise archived, not deleted.
PAST_OF_SOMEBODY = {
    "evaluation.Invitation.contact",
    "evaluation.Invitation.organisation",
    "evaluation.Response.organisation",
    "evaluation.StudentInvitation.student",
    "outreach.FollowUp.organisation",
    "outreach.Interaction.organisation",
    "outreach.MorningReminder.user",
    "partnerships.Contact.organisation",
    "partnerships.Need.organisation",
    "partnerships.StatusChange.organisation",
    "partnerships.TimelineEvent.organisation",
    "propositions.Testimonial.contact",
    "propositions.Testimonial.organisation",
    "ui.Draft.owner",
    "ui.SavedView.owner",
}

# Templates that a library looks up by a name of its own.
LOOKED_UP = ("account/", "mfa/", "usersessions/", "allauth/", "admin/", "tandem/", "django/", "registration/")
HANDLERS = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}

USED_BY_NAME_OF_AN_ENGINE = {"psycopg2-binary"}

# What only somebody's machine or notes would know.
FORBIDDEN = re.compile(r"(?<![\w.])/(?:home|root|Users|work)/|\bTO" + r"DO\b|\bFIX" + r"ME\b|\bXX" + r"X\b")
TEXTS = {".py", ".html", ".txt", ".md", ".css", ".js", ".toml", ".in", ".yaml", ".yml", ""}

STYLE_OR_SCRIPT = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=|<style\b|<script(?![^>]*\bsrc=)|javascript:|https?://(?!www\.w3\.org)"""
)
FETCHED = re.compile(r"\shx-(get|post)=")
WITHOUT_SCRIPT = re.compile(r"\s(href|action|formaction|hx-trigger|type=.submit)")

Check = Callable[[Path], Iterable[str]]


def _offences(paths: Iterable[Path], check: Check) -> list[str]:
    """Return what a check finds, each with the file it was found in."""
    return [f"{codebase.name_of(path)}: {found}" for path in paths for found in check(path)]


def test_files_are_short():
    def check(path: Path) -> Iterator[str]:
        if (lines := len(codebase.source(path).splitlines())) > FILE_LINES:
            yield f"{lines} lines"

    assert _offences(codebase.python_files(*codebase.APPS, "config", "tests"), check) == []


def test_functions_are_short():
    def check(path: Path) -> Iterator[str]:
        yield from (f"{name}: {lines} lines" for name, lines in codebase.functions(path) if lines > FUNCTION_LINES)

    assert _offences(codebase.python_files(*codebase.APPS, "config", "tests"), check) == []


def test_imports_inside_an_app_go_down():
    def check(path: Path) -> Iterator[str]:
        module = ".".join(path.relative_to(codebase.ROOT).with_suffix("").parts)
        own = f"{module.split('.', 1)[0]}."
        rung = codebase.role(module)
        yield from (name for name in codebase.imports(path) if name.startswith(own) and codebase.role(name) < rung)

    assert _offences(codebase.python_files(*codebase.APPS), check) == []


def test_models_leave_save_and_delete_alone():
    def check(path: Path) -> set[str]:
        return {name for name, _ in codebase.functions(path)} & {"save", "delete"}

    modules = [path for path in codebase.product_files() if "models" in path.with_suffix("").parts]

    assert _offences(modules, check) == []


def test_templates_compile():
    def check(path: Path) -> Iterator[str]:
        try:
            get_template(path.relative_to(codebase.TEMPLATES).as_posix())
        except TemplateSyntaxError as problem:
            yield str(problem)

    assert _offences(codebase.templates(), check) == []


def test_templates_are_short():
    def check(path: Path) -> Iterator[str]:
        if (lines := len(codebase.source(path).splitlines())) > TEMPLATE_LINES:
            yield f"{lines} lines"

    assert _offences(codebase.templates(), check) == []


def test_templates_hold_no_style_script_or_handler():
    def check(path: Path) -> Iterator[str]:
        yield from filter(STYLE_OR_SCRIPT.search, codebase.elements(codebase.source(path)))

    assert _offences(codebase.templates(but="emails"), check) == []


def test_templates_can_be_translated():
    def check(path: Path) -> list[str]:
        return codebase.untranslated(codebase.source(path))

    assert _offences(codebase.templates(but="styleguide"), check) == []  # that one is for developers


def test_templates_are_used():
    sources = {path: codebase.source(path) for path in [*codebase.product_files(), *codebase.templates()]}

    def check(path: Path) -> Iterator[str]:
        name = path.relative_to(codebase.TEMPLATES).as_posix()
        if name in HANDLERS or name.startswith(LOOKED_UP):
            return
        others = "\n".join(text for file, text in sources.items() if file != path)
        if not any(wanted in others for wanted in _names_in_use(name)):
            yield "nobody asks for it"

    assert _offences(codebase.templates(), check) == []


def _names_in_use(name: str) -> list[str]:
    """Return how a template may be called for: by its name, or a mail by its kind."""
    called = [f'"{name}"', f"'{name}'", f'"{name}#', f"'{name}#"]
    folder, _, kind = name.rpartition(".")[0].rpartition("/")
    if folder.startswith("emails/"):
        called += [f'"{folder.removeprefix("emails/")}.{kind}"', f'"{kind}"']
    return called


def test_what_htmx_fetches_can_be_reached_without_it():
    def check(path: Path) -> Iterator[str]:
        fetched = filter(FETCHED.search, codebase.elements(codebase.source(path)))
        yield from (element for element in fetched if not WITHOUT_SCRIPT.search(element))

    assert _offences(codebase.templates(), check) == []


def test_files_speak_of_the_product_alone():
    def check(path: Path) -> list[str]:
        return FORBIDDEN.findall(path.read_text(encoding="utf-8", errors="replace"))

    assert _offences(_texts(), check) == []


def _texts() -> list[Path]:
    folders = (*codebase.APPS, "config", "templates", "tests", "docs", "script", ".ci")
    below = [path for folder in folders for path in sorted((codebase.ROOT / folder).rglob("*"))]
    return [
        path
        for path in [*below, *codebase.ROOT.glob("*.*")]
        if path.is_file() and path != Path(__file__) and path.suffix in TEXTS
        if not {"__pycache__", "vendor"} & set(path.parts)
    ]


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


def test_requirements_are_used():
    direct = re.findall(r"^([a-z0-9-]+)", (codebase.ROOT / "requirements.in").read_text(), re.MULTILINE)
    modules = {name: set() for name in direct}
    for module, packages in packages_distributions().items():
        for package in packages:
            modules.get(canonical(package), set()).add(module)
    text = "\n".join(codebase.source(path) for path in codebase.product_files())

    unused = {name for name, found in modules.items() if not any(re.search(rf"\b{module}\b", text) for module in found)}

    assert unused == USED_BY_NAME_OF_AN_ENGINE


def canonical(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
