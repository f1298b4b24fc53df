"""Pages about the person signed in and the school."""

app_name = "accounts"
urlpatterns = []
