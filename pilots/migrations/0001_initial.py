import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import roadmap.search
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('goals', '0001_initial'),
        ('opportunities', '0001_initial'),
        ('partnerships', '0002_trigrams'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pilot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('kind', models.CharField(choices=[('trial_placement', 'Trial placement'), ('job_shadow_day', 'Job-shadow day'), ('guest_lecture', 'Guest lecture'), ('student_business_project', 'Student project for a firm'), ('complimentary_training', 'Complimentary training'), ('demonstration', 'Demonstration'), ('equipment_trial', 'Equipment trial'), ('industry_showcase', 'Industry showcase'), ('open_house', 'Open house')], default='trial_placement', max_length=32, verbose_name='kind')),
                ('hypothesis_if', models.CharField(blank=True, max_length=300, verbose_name='if')),
                ('hypothesis_then', models.CharField(blank=True, max_length=300, verbose_name='then')),
                ('hypothesis_because', models.CharField(blank=True, max_length=300, verbose_name='because')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('place', models.CharField(blank=True, max_length=160, verbose_name='place')),
                ('students', models.PositiveIntegerField(default=0, verbose_name='students taking part')),
                ('hours_school_planned', models.PositiveIntegerField(blank=True, null=True, verbose_name='our hours, planned')),
                ('hours_school_actual', models.PositiveIntegerField(blank=True, null=True, verbose_name='our hours, in fact')),
                ('hours_business_planned', models.PositiveIntegerField(blank=True, null=True, verbose_name='their hours, planned')),
                ('hours_business_actual', models.PositiveIntegerField(blank=True, null=True, verbose_name='their hours, in fact')),
                ('budget_planned', models.DecimalField(decimal_places=2, default=0, max_digits=12, validators=[django.core.validators.MinValueValidator(0)], verbose_name='money, planned')),
                ('budget_actual', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='money, in fact')),
                ('currency', models.CharField(default='EUR', editable=False, max_length=3, verbose_name='currency')),
                ('status', models.CharField(choices=[('idea', 'Idea'), ('planned', 'Planned'), ('approved', 'Approved'), ('scheduled', 'Scheduled'), ('running', 'Running'), ('delivered', 'Delivered'), ('evaluated', 'Evaluated'), ('scaled', 'Scaled up'), ('extended', 'Extended'), ('revised', 'Revised'), ('stopped', 'Stopped'), ('cancelled', 'Called off')], default='idea', max_length=12, verbose_name='status')),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('approved_at', models.DateTimeField(editable=False, null=True)),
                ('fixed_at', models.DateTimeField(editable=False, null=True)),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('decision_reason', models.TextField(blank=True, max_length=2000, verbose_name='why')),
                ('changes', models.TextField(blank=True, max_length=2000, verbose_name='what changes')),
                ('lessons', models.TextField(blank=True, max_length=2000, verbose_name='lesson for other pilots')),
                ('closed_reason', models.TextField(blank=True, editable=False)),
                ('feedback_count', models.PositiveIntegerField(default=0, editable=False)),
                ('last_feedback_at', models.DateTimeField(editable=False, null=True)),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('title', 'place'), output_field=models.TextField())),
                ('approved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.contact', verbose_name='their person in charge')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follows', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='next_rounds', to='pilots.pilot')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pilots', to='partnerships.organisation', verbose_name='partner')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goals.programme', verbose_name='programme')),
                ('proposal', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pilots', to='opportunities.proposal')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'pilot',
                'verbose_name_plural': 'pilots',
                'indexes': [models.Index(fields=['ends_on', 'id'], name='pilots_by_end'), models.Index(fields=['title', 'id'], name='pilots_by_title'), models.Index(fields=['status_since', 'id'], name='pilots_by_move'), models.Index(fields=['status', 'ends_on', 'id'], name='pilots_by_status'), models.Index(fields=['organisation', '-ends_on'], name='pilots_of_partner'), models.Index(condition=models.Q(('status', 'scheduled')), fields=['starts_on'], name='pilots_to_start'), models.Index(fields=['owner', 'status', 'ends_on'], name='pilots_of_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='pilots_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['scaled', 'extended', 'revised', 'stopped']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='pilots_decided_has_day'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'stopped'), _negated=True), models.Q(('lessons', ''), _negated=True), _connector='OR'), name='pilots_stop_has_lesson')],
            },
        ),
        migrations.CreateModel(
            name='SuccessCriterion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('text', models.CharField(max_length=160, verbose_name='criterion')),
                ('metric', models.CharField(blank=True, max_length=120, verbose_name='how we know')),
                ('shows', models.CharField(choices=[('reaction', 'Reaction'), ('learning', 'Learning'), ('behaviour', 'Behaviour'), ('result', 'Result')], default='result', max_length=12, verbose_name='shows')),
                ('direction', models.CharField(choices=[('at_least', 'or more'), ('at_most', 'or less')], default='at_least', max_length=8, verbose_name='counts if')),
                ('target', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='target')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='of what')),
                ('must_have', models.BooleanField(default=False, verbose_name='must-have')),
                ('actual', models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True, verbose_name='actual')),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='note on the result')),
                ('pilot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='criteria', to='pilots.pilot')),
            ],
            options={
                'verbose_name': 'success criterion',
                'verbose_name_plural': 'success criteria',
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='CriterionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(max_length=400)),
                ('became', models.CharField(max_length=400)),
                ('reason', models.CharField(max_length=300, verbose_name='why')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amendments', to='pilots.successcriterion')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
    ]
