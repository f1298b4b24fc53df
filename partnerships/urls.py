"""Partners, their people, and the board."""

from django.urls import path

from partnerships.views import board, imports, needs, partners, people, undo

app_name = "partnerships"
urlpatterns = [
    path("partners/", partners.organisation_list, name="list"),
    path("partners/export/", partners.organisation_export, name="export"),
    path("partners/import/", imports.upload, name="import"),
    path("partners/import/<int:pk>/", imports.detail, name="import_detail"),
    path("partners/import/<int:pk>/letters/", imports.encoding, name="import_encoding"),
    path("partners/import/<int:pk>/discard/", imports.discard, name="import_discard"),
    path("partners/import/<int:pk>/rows/", imports.rows, name="import_rows"),
    path("partners/import/<int:pk>/download/", imports.download, name="import_download"),
    path("partners/add/", partners.organisation_add, name="add"),
    path("partners/<int:pk>/", partners.organisation_detail, name="detail"),
    path("partners/<int:pk>/edit/", partners.organisation_edit, name="edit"),
    path("partners/<int:pk>/take/", partners.organisation_take, name="take"),
    path("partners/<int:pk>/archive/", partners.organisation_archive, name="archive"),
    path("partners/<int:pk>/restore/", partners.organisation_restore, name="restore"),
    path("partners/<int:pk>/move/", board.move, name="move"),
    path("partners/<int:pk>/people/add/", people.person_add, name="person_add"),
    path("partners/people/<int:pk>/", people.person_edit, name="person"),
    path("partners/people/<int:pk>/archive/", people.person_archive, name="person_archive"),
    path("partners/<int:pk>/needs/add/", needs.need_add, name="need_add"),
    path("partners/undo/<slug:act>/<str:token>/", undo.undo, name="undo"),
    path("needs/", needs.need_list, name="needs"),
    path("needs/<int:pk>/close/", needs.need_close, name="need_close"),
    path("needs/<int:pk>/reopen/", needs.need_reopen, name="need_reopen"),
    path("pipeline/", board.board, name="board"),
]
