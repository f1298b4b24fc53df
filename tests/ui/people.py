"""A list of users, made as every list of the product is made."""

import django_filters
from django import forms

from accounts.enums import Role
from accounts.models import User
from ui.filters import TickFilter
from ui.lists import Column, ListSpec, Sort


class PersonFilter(django_filters.FilterSet):
    q = django_filters.CharFilter("name", "icontains", label="Find people")
    role = django_filters.MultipleChoiceFilter(choices=Role.choices, label="Role", widget=forms.CheckboxSelectMultiple)
    active = TickFilter("is_active", label="May sign in")
    named = TickFilter(label="Named", method="with_name")
    joined = django_filters.DateFromToRangeFilter("date_joined", label="Added")
    same_as = django_filters.ModelChoiceFilter(queryset=User.objects.all(), label="Same as", method="only")
    least = django_filters.NumberFilter("pk", "gte", label="Number")

    chip_labels = {"least": "Number %(value)s or more"}

    def with_name(self, queryset, name, value):
        return queryset.exclude(name="")

    def only(self, queryset, name, value):
        return queryset.filter(pk=value.pk)


PEOPLE = ListSpec(
    key="accounts.people",
    filterset_class=PersonFilter,
    sorts={"name": Sort("Name", "name"), "joined": Sort("Added", "date_joined", descending=True)},
    default_sort="name",
    per_page=10,
    quick_filters=("role",),
    columns=(Column("Name", lambda row: row.name), Column("Added", lambda row: row.date_joined)),
)
