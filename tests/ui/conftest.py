import copy
import types
from importlib import import_module

import pytest

LIST_PAGE = """{% load ui %}<html><body>{% partialdef rows inline %}<section id="rows">
{% include "components/list_filter.html" with page=page search_label="Find people" only %}
<table><thead><tr>{% sort_header page "name" %}</tr></thead>
<tbody>{% for row in page.rows %}<tr><th>{{ row.name }}</th></tr>{% endfor %}</tbody></table>
{% include "components/list_pager.html" with page=page only %}
</section>{% endpartialdef %}</body></html>"""


@pytest.fixture
def list_template(settings):
    """A page with a list, as an app would have it; returns its name."""
    templates = copy.deepcopy(settings.TEMPLATES)
    partials, [cached] = templates[0]["OPTIONS"]["loaders"][0]
    own = ("django.template.loaders.locmem.Loader", {"people.html": LIST_PAGE})
    templates[0]["OPTIONS"]["loaders"] = [(partials, [(cached[0], [own, *cached[1]])])]
    settings.TEMPLATES = templates
    return "people.html"


@pytest.fixture
def urls_with(settings):
    """Serve a few addresses more than the product's own."""

    def add(patterns):
        module = types.ModuleType("urls_with_more")
        module.urlpatterns = [*patterns, *import_module(settings.ROOT_URLCONF).urlpatterns]
        settings.ROOT_URLCONF = module

    return add
