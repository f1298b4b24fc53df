import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import goals.models
import roadmap.search
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('roadmap', '0001_fold'),
    ]

    operations = [
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=120, verbose_name='goal')),
                ('why', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('category', models.CharField(choices=[('student_learning', 'Student learning'), ('job_placement', 'Job placement'), ('workforce_solutions', 'Workforce solutions'), ('curriculum_relevance', 'Curriculum relevance'), ('staff_development', 'Staff development'), ('resources_income', 'Resources and income'), ('inclusion', 'Inclusion'), ('innovation', 'Innovation'), ('visibility', 'Visibility'), ('internationalisation', 'Internationalisation')], max_length=20, verbose_name='kind')),
                ('priority', models.PositiveSmallIntegerField(choices=[(1, '1, first of all'), (2, '2, important'), (3, '3, if we can')], default=2, verbose_name='priority')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('due_on', models.DateField(verbose_name='by')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('agreed', 'Agreed'), ('active', 'Running'), ('on_hold', 'On hold'), ('achieved', 'Achieved'), ('partly_achieved', 'Partly achieved'), ('missed', 'Missed'), ('dropped', 'Dropped')], default='draft', max_length=16, verbose_name='state')),
                ('agreed_on', models.DateField(editable=False, null=True, verbose_name='agreed on')),
                ('closed_on', models.DateField(editable=False, null=True)),
                ('close_note', models.CharField(blank=True, editable=False, max_length=500)),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('title', 'why'), output_field=models.TextField())),
                ('agreed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
                'constraints': [models.CheckConstraint(condition=models.Q(('due_on__gt', models.F('starts_on'))), name='goals_goal_due_after_start'), models.CheckConstraint(condition=models.Q(('priority__gte', 1), ('priority__lte', 3)), name='goals_goal_priority'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'dropped'), _negated=True), models.Q(('close_note', ''), _negated=True), _connector='OR'), name='goals_dropped_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('label', models.CharField(max_length=120, verbose_name='what is measured')),
                ('source', models.CharField(choices=[('live', 'A figure that Tandem counts'), ('manual', 'A figure noted by hand')], max_length=8, verbose_name='where the figure comes from')),
                ('metric_key', models.CharField(blank=True, max_length=60, verbose_name='figure')),
                ('unit', models.CharField(choices=[('count', 'How many'), ('percent', 'Percent'), ('score', 'Score'), ('hours', 'Hours'), ('days', 'Days'), ('money', 'Money')], default='count', max_length=8, verbose_name='unit')),
                ('direction', models.CharField(choices=[('increase', 'Higher is better'), ('decrease', 'Lower is better'), ('maintain', 'Stay where it is')], default='increase', max_length=8, verbose_name='direction')),
                ('baseline', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='start')),
                ('baseline_on', models.DateField(verbose_name='start as of')),
                ('target', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='target')),
                ('target_on', models.DateField(verbose_name='to be reached by')),
                ('tolerance', models.DecimalField(decimal_places=2, default=0, max_digits=14, validators=[django.core.validators.MinValueValidator(0)], verbose_name='may differ by')),
                ('final_value', models.DecimalField(decimal_places=2, editable=False, max_digits=14, null=True)),
                ('final_on', models.DateField(editable=False, null=True)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='goals.goal')),
            ],
            options={
                'verbose_name': 'measure',
                'verbose_name_plural': 'measures',
                'ordering': ['order', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('source', 'live'), models.Q(('metric_key', ''), _negated=True)), models.Q(('metric_key', ''), ('source', 'manual')), _connector='OR'), name='goals_live_names_metric'), models.CheckConstraint(condition=models.Q(models.Q(('direction', 'increase'), ('target__gt', models.F('baseline'))), models.Q(('direction', 'decrease'), ('target__lt', models.F('baseline'))), models.Q(('direction', 'maintain'), ('target', models.F('baseline'))), _connector='OR'), name='goals_target_lies_ahead'), models.CheckConstraint(condition=models.Q(('tolerance__gte', 0)), name='goals_tolerance_not_negative'), models.UniqueConstraint(fields=('goal', 'order'), name='goals_measure_order')],
            },
        ),
        migrations.CreateModel(
            name='ManualReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='as of')),
                ('value', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='figure')),
                ('n', models.PositiveIntegerField(blank=True, null=True, verbose_name='out of')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='where it comes from')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('noted_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='goals.measure')),
            ],
            options={
                'verbose_name': 'reading',
                'verbose_name_plural': 'readings',
                'ordering': ['-on'],
                'constraints': [models.UniqueConstraint(fields=('measure', 'on'), name='goals_reading_a_day')],
            },
        ),
        migrations.CreateModel(
            name='PlanningCycle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name', models.CharField(max_length=40, unique=True, verbose_name='name')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('narrative', models.TextField(blank=True, max_length=2000, verbose_name='what the year is about')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('agreed', 'Agreed'), ('running', 'Running'), ('closed', 'Closed')], default='draft', max_length=8, verbose_name='state')),
                ('agreed_on', models.DateField(editable=False, null=True, verbose_name='agreed on')),
                ('agreed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'planning cycle',
                'verbose_name_plural': 'planning cycles',
                'ordering': ['-starts_on', '-id'],
                'indexes': [models.Index(fields=['-starts_on', '-id'], name='goals_cycles_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='goals_cycle_ends_after_start'), models.UniqueConstraint(condition=models.Q(('status', 'running')), fields=('status',), name='goals_one_cycle_runs'), models.CheckConstraint(condition=models.Q(('status', 'draft'), ('agreed_on__isnull', False), _connector='OR'), name='goals_cycle_agreed_has_day')],
            },
        ),
        migrations.AddField(
            model_name='goal',
            name='cycle',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='goals.planningcycle', verbose_name='year'),
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=120, verbose_name='title')),
                ('isced_f', models.CharField(max_length=4, validators=[goals.models.validate_field_code], verbose_name='field of education')),
                ('eqf', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(8)], verbose_name='EQF level')),
                ('workplace_hours', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(10000)], verbose_name='hours in a firm')),
                ('places_needed', models.PositiveIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(100000)], verbose_name='places needed this year')),
                ('is_active', models.BooleanField(default=True, verbose_name='offered at present')),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('code', 'title'), output_field=models.TextField())),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='head')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'programme',
                'verbose_name_plural': 'programmes',
                'ordering': ['title', 'id'],
                'indexes': [models.Index(fields=['title', 'id'], name='goals_programmes_by_title'), models.Index(fields=['places_needed', 'id'], name='goals_programmes_by_need'), models.Index(fields=['eqf', 'id'], name='goals_programmes_by_level')],
                'constraints': [models.CheckConstraint(condition=models.Q(('eqf__gte', 1), ('eqf__lte', 8)), name='goals_programme_eqf_level')],
            },
        ),
        migrations.AddField(
            model_name='goal',
            name='programmes',
            field=models.ManyToManyField(blank=True, related_name='goals', to='goals.programme', verbose_name='programmes it serves'),
        ),
        migrations.CreateModel(
            name='TargetChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('was', models.DecimalField(decimal_places=2, max_digits=14)),
                ('became', models.DecimalField(decimal_places=2, max_digits=14)),
                ('was_due_on', models.DateField()),
                ('became_due_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='goals.measure')),
            ],
            options={
                'verbose_name': 'target change',
                'verbose_name_plural': 'target changes',
                'ordering': ['-at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='goals_change_has_reason')],
            },
        ),
        migrations.AddIndex(
            model_name='goal',
            index=models.Index(fields=['cycle', 'priority', 'id'], name='goals_of_cycle'),
        ),
    ]
