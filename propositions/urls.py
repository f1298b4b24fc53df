"""Value propositions under /value/; the subject of a testimonial answers at /t/quote/…."""

from django.urls import path

from propositions.views import inventory, lifecycle, public, segments, sheets, testimonials

app_name = "propositions"
urlpatterns = [
    path("t/quote/<str:token>/", public.consent, name="consent"),
    path("t/quote/<str:token>/take-down/", public.withdraw, name="withdraw"),
    path("value/", sheets.sheet_list, name="list"),
    path("value/programmes/", sheets.programme_list, name="programmes"),
    path("value/sheets/add/", sheets.sheet_add, name="sheet_add"),
    path("value/sheets/<int:pk>/", sheets.sheet_detail, name="sheet"),
    path("value/sheets/<int:pk>/change/", sheets.sheet_change, name="sheet_change"),
    path("value/sheets/<int:pk>/pdf/", lifecycle.sheet_pdf, name="sheet_pdf"),
    path("value/sheets/<int:pk>/ask/", lifecycle.sheet_ask, name="sheet_ask"),
    path("value/sheets/<int:pk>/return/", lifecycle.sheet_return, name="sheet_return"),
    path("value/sheets/<int:pk>/approve/", lifecycle.sheet_approve, name="sheet_approve"),
    path("value/sheets/<int:pk>/publish/", lifecycle.sheet_publish, name="sheet_publish"),
    path("value/sheets/<int:pk>/retire/", lifecycle.sheet_retire, name="sheet_retire"),
    path("value/sheets/<int:pk>/next/", lifecycle.sheet_next, name="sheet_next"),
    path("value/sheets/<int:pk>/benefits/add/", sheets.benefit_add, name="benefit_add"),
    path("value/benefits/<int:pk>/", sheets.benefit_change, name="benefit_change"),
    path("value/benefits/<int:pk>/remove/", sheets.benefit_remove, name="benefit_remove"),
    path("value/strengths/", inventory.strength_list, name="strengths"),
    path("value/strengths/add/", inventory.strength_add, name="strength_add"),
    path("value/strengths/<int:pk>/", inventory.strength_change, name="strength_change"),
    path("value/strengths/<int:pk>/checked/", inventory.strength_check, name="strength_check"),
    path("value/strengths/<int:pk>/archive/", inventory.strength_archive, name="strength_archive"),
    path("value/strengths/undo/<str:signed>/", inventory.strength_restore, name="strength_restore"),
    path("value/offers/", inventory.offer_list, name="offers"),
    path("value/offers/add/", inventory.offer_add, name="offer_add"),
    path("value/offers/<int:pk>/", inventory.offer_change, name="offer_change"),
    path("value/segments/", segments.segment_list, name="segments"),
    path("value/segments/add/", segments.segment_add, name="segment_add"),
    path("value/segments/<int:pk>/", segments.segment_detail, name="segment"),
    path("value/segments/<int:pk>/change/", segments.segment_change, name="segment_change"),
    path("value/segments/<int:pk>/archive/", segments.segment_archive, name="segment_archive"),
    path("value/testimonials/", testimonials.testimonial_list, name="testimonials"),
    path("value/testimonials/ask/", testimonials.testimonial_add, name="testimonial_add"),
    path("value/testimonials/<int:pk>/", testimonials.testimonial_detail, name="testimonial"),
    path("value/testimonials/<int:pk>/again/", testimonials.testimonial_again, name="testimonial_again"),
    path("value/testimonials/<int:pk>/link/", testimonials.testimonial_link, name="testimonial_link"),
    path("value/testimonials/<int:pk>/take-back/", testimonials.testimonial_take_back, name="testimonial_take_back"),
    path("value/testimonials/<int:pk>/seen/", testimonials.testimonial_seen, name="testimonial_seen"),
    path("value/testimonials/<int:pk>/show/", testimonials.testimonial_show, name="testimonial_show"),
    path("value/testimonials/<int:pk>/hide/", testimonials.testimonial_hide, name="testimonial_hide"),
]
