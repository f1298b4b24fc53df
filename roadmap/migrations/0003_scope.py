from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roadmap', '0002_readings'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='metricreading',
            name='roadmap_reading_a_day',
        ),
        migrations.AddField(
            model_name='metricreading',
            name='scope',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='metricreading',
            constraint=models.UniqueConstraint(fields=('metric', 'scope', 'on'), name='roadmap_reading_a_day'),
        ),
    ]
