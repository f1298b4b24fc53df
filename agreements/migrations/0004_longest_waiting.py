
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0003_document_first_page'),
        ('opportunities', '0001_initial'),
        ('partnerships', '0002_trigrams'),
        ('pilots', '0002_silent_ones'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='agreement',
            index=models.Index(fields=['status', 'status_since', 'id'], name='agreements_waiting'),
        ),
    ]
