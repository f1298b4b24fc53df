"""What a stored document looks like, kept beside it."""

from agreements.models import FirstPage, IssuedDocument
from ui.files import fill_stored_file
from ui.pictures import Picture


def store_first_page(document: IssuedDocument, picture: Picture) -> FirstPage:
    page = FirstPage(document=document, width=picture.width, height=picture.height)
    fill_stored_file(page, content=picture.content, name=f"{document.pk}.png", content_type="image/png")
    page.save()
    return page
