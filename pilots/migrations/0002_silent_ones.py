
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goals', '0003_goal_continues'),
        ('opportunities', '0001_initial'),
        ('partnerships', '0002_trigrams'),
        ('pilots', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='pilot',
            index=models.Index(condition=models.Q(('feedback_count', 0), ('status__in', ['delivered', 'evaluated'])), fields=['ends_on', 'id'], name='pilots_silent'),
        ),
    ]
