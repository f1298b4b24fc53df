import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
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
        ('pilots', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.contact')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-id'], name='evaluation_of_partner')],
            },
        ),
        migrations.CreateModel(
            name='FeedbackLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('email', models.EmailField(db_index=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('first_opened_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='evaluation.invitation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('intro', models.TextField(blank=True, max_length=600, verbose_name='what it is about')),
                ('audience', models.CharField(choices=[('firms', 'Firms'), ('students', 'Students')], default='firms', max_length=8, verbose_name='who answers')),
                ('minutes', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='minutes it takes')),
                ('frozen_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('copied_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='evaluation.questionnaire')),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'questionnaire',
                'verbose_name_plural': 'questionnaires',
                'ordering': ['title', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('text', models.CharField(max_length=300, verbose_name='question')),
                ('kind', models.CharField(choices=[('scale_1_5', '1 to 5'), ('nps_0_10', '0 to 10'), ('yes_no', 'Yes or no'), ('text', 'In their own words')], default='scale_1_5', max_length=12, verbose_name='answer')),
                ('topic', models.CharField(choices=[('overall', 'Overall satisfaction'), ('recommend', 'Would recommend'), ('prepared', 'Preparation'), ('contact', 'Keeping in touch'), ('learned', 'Learning on the job'), ('support', 'Support by the school'), ('again', 'Would do it again'), ('skills', 'Use of what school taught'), ('safe', 'Safety and respect'), ('other', 'Something else')], default='other', max_length=12, verbose_name='topic')),
                ('required', models.BooleanField(default=True, verbose_name='must be answered')),
                ('low', models.CharField(blank=True, max_length=40, verbose_name='word at the low end')),
                ('high', models.CharField(blank=True, max_length=40, verbose_name='word at the high end')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='evaluation.questionnaire')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['order', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('topic__in', ['overall', 'recommend'])), fields=('questionnaire', 'topic'), name='evaluation_one_question_a_figure'), models.CheckConstraint(condition=models.Q(models.Q(('topic', 'overall'), _negated=True), ('kind', 'scale_1_5'), _connector='OR'), name='evaluation_overall_is_1_to_5'), models.CheckConstraint(condition=models.Q(models.Q(('topic', 'safe'), _negated=True), ('kind', 'yes_no'), _connector='OR'), name='evaluation_safe_is_yes_or_no'), models.CheckConstraint(condition=models.Q(models.Q(('topic', 'recommend'), _negated=True), ('kind', 'nps_0_10'), _connector='OR'), name='evaluation_recommend_is_0_to_10')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('overall', models.PositiveSmallIntegerField(null=True)),
                ('recommend', models.PositiveSmallIntegerField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('invitation', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='response', to='evaluation.invitation')),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='partnerships.organisation')),
                ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', '-submitted_at', '-id'], name='evaluation_newest_of_firm'), models.Index(condition=models.Q(('organisation__isnull', False), ('read_at', None), ('submitted_at__isnull', False)), fields=['-submitted_at'], name='evaluation_unread'), models.Index(fields=['-submitted_at', '-id'], name='evaluation_by_time')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('invitation__isnull', False), ('organisation__isnull', False), ('started_at__isnull', False)), models.Q(('invitation', None), ('organisation', None), ('started_at', None)), _connector='OR'), name='evaluation_students_stay_unnamed')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SmallIntegerField(null=True)),
                ('text', models.TextField(blank=True, max_length=4000)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='evaluation.question')),
                ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='evaluation.response')),
            ],
            options={
                'indexes': [models.Index(fields=['question', 'number'], name='evaluation_figures')],
                'constraints': [models.UniqueConstraint(fields=('response', 'question'), name='evaluation_answered_once')],
            },
        ),
        migrations.CreateModel(
            name='StudentInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('problem', models.CharField(blank=True, max_length=200)),
                ('answered', models.BooleanField(default=False)),
                ('student', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='opportunities.student')),
            ],
        ),
        migrations.CreateModel(
            name='StudentLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('email', models.EmailField(db_index=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('first_opened_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='evaluation.studentinvitation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Wave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('asked', models.CharField(choices=[('contacts', 'People at partners'), ('students', 'Students, each by a link of their own'), ('class', 'A class, by a sheet with a QR code')], default='contacts', max_length=8, verbose_name='who is asked')),
                ('group', models.CharField(blank=True, max_length=60, verbose_name='class')),
                ('class_size', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(200)], verbose_name='students in the class')),
                ('about', models.CharField(blank=True, help_text='One line under the heading of the form, such as “Placement of four students in February”.', max_length=200, verbose_name='what they are asked about')),
                ('closes_on', models.DateField(verbose_name='open until')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('open', 'Open'), ('closed', 'Closed')], default='draft', max_length=8, verbose_name='status')),
                ('opened_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('reminded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('told_pilot', models.PositiveIntegerField(default=0, editable=False)),
                ('safety_seen', models.PositiveIntegerField(default=0, editable=False)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('pilot', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='waves', to='pilots.pilot', verbose_name='pilot')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='waves', to='evaluation.questionnaire', verbose_name='questionnaire')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'wave',
                'verbose_name_plural': 'waves',
                'indexes': [models.Index(fields=['-created_at', '-id'], name='evaluation_waves_newest'), models.Index(fields=['closes_on', 'id'], name='evaluation_waves_by_end'), models.Index(condition=models.Q(('status', 'open')), fields=['closes_on'], name='evaluation_waves_open'), models.Index(fields=['opened_at'], name='evaluation_waves_of_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('asked', 'class'), _negated=True), models.Q(('class_size__isnull', False), models.Q(('group', ''), _negated=True)), _connector='OR'), name='evaluation_class_has_name_and_size')],
            },
        ),
        migrations.AddField(
            model_name='studentinvitation',
            name='wave',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='student_invitations', to='evaluation.wave'),
        ),
        migrations.AddField(
            model_name='response',
            name='wave',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='evaluation.wave'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='wave',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='evaluation.wave'),
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('improvement', 'Improve'), ('expansion', 'Expand'), ('risk', 'Risk'), ('praise', 'Praise')], default='improvement', max_length=12, verbose_name='kind')),
                ('statement', models.CharField(max_length=200, verbose_name='what we found')),
                ('words', models.TextField(blank=True, help_text='The figure, the meeting or the words that it rests on.', max_length=1000, verbose_name='where it was heard')),
                ('severity', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='impact, 1 to 4')),
                ('effort', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(4)], verbose_name='effort, 1 to 4')),
                ('weight', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('severity'), '*', models.Value(10)), '-', models.F('effort')), output_field=models.SmallIntegerField())),
                ('status', models.CharField(choices=[('new', 'To decide'), ('accepted', 'Accepted'), ('declined', 'Declined')], default='new', max_length=8, verbose_name='status')),
                ('declined_reason', models.CharField(blank=True, max_length=300, verbose_name='why not')),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('statement'), output_field=models.TextField())),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='findings', to='partnerships.organisation', verbose_name='partner')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goals.programme', verbose_name='programme')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('response', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='evaluation.response')),
                ('wave', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='findings', to='evaluation.wave', verbose_name='round')),
            ],
            options={
                'verbose_name': 'finding',
                'verbose_name_plural': 'findings',
                'indexes': [models.Index(fields=['weight', 'id'], name='evaluation_by_weight'), models.Index(fields=['created_at', 'id'], name='evaluation_findings_newest'), models.Index(fields=['status', 'weight', 'id'], name='evaluation_findings_state'), models.Index(condition=models.Q(('status', 'new')), fields=['created_at'], name='evaluation_to_decide')],
                'constraints': [models.CheckConstraint(condition=models.Q(('effort__range', (1, 4)), ('severity__range', (1, 4))), name='evaluation_grades_1_to_4'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'declined'), _negated=True), models.Q(('declined_reason', ''), _negated=True), _connector='OR'), name='evaluation_declined_finding_says_why')],
            },
        ),
        migrations.CreateModel(
            name='ClassLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('email', models.EmailField(db_index=True, max_length=254)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('first_opened_at', models.DateTimeField(null=True)),
                ('completed_at', models.DateTimeField(null=True)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='class_links', to='evaluation.wave')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AdaptationAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('title', models.CharField(max_length=160, verbose_name='what we change')),
                ('change', models.TextField(blank=True, max_length=2000, verbose_name='what will be different')),
                ('expected', models.CharField(blank=True, help_text='The figure that should move, such as “Preparation, 3.4 to 4.0”.', max_length=160, verbose_name='should move')),
                ('result', models.CharField(blank=True, max_length=160, verbose_name='did move')),
                ('due_on', models.DateField(verbose_name='due on')),
                ('status', models.CharField(choices=[('proposed', 'To decide'), ('approved', 'Approved'), ('in_progress', 'Under way'), ('implemented', 'Measuring'), ('verified_effective', 'Worked'), ('verified_no_effect', 'Made no difference'), ('closed', 'Closed'), ('declined', 'Declined')], default='proposed', max_length=20, verbose_name='status')),
                ('declined_reason', models.CharField(blank=True, max_length=300, verbose_name='why not')),
                ('done_on', models.DateField(editable=False, null=True)),
                ('told_on', models.DateField(blank=True, null=True, verbose_name='told them on')),
                ('untold_reason', models.CharField(blank=True, max_length=300, verbose_name='why nobody was told')),
                ('search_text', models.GeneratedField(db_persist=True, expression=roadmap.search.Fold('title'), output_field=models.TextField())),
                ('approved_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('findings', models.ManyToManyField(blank=True, related_name='actions', to='evaluation.finding', verbose_name='because')),
            ],
            options={
                'verbose_name': 'change',
                'verbose_name_plural': 'changes',
                'indexes': [models.Index(fields=['due_on', 'id'], name='evaluation_changes_due'), models.Index(fields=['created_at', 'id'], name='evaluation_changes_newest'), models.Index(fields=['status', 'due_on', 'id'], name='evaluation_changes_state'), models.Index(fields=['owner', 'status', 'due_on'], name='evaluation_changes_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('status', 'declined'), _negated=True), models.Q(('declined_reason', ''), _negated=True), _connector='OR'), name='evaluation_declined_change_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'closed'), _negated=True), ('told_on__isnull', False), models.Q(('untold_reason', ''), _negated=True), _connector='OR'), name='evaluation_closed_change_was_told')],
            },
        ),
        migrations.AddIndex(
            model_name='studentinvitation',
            index=models.Index(condition=models.Q(('problem', ''), ('sent_at', None)), fields=['wave', 'id'], name='evaluation_students_to_send'),
        ),
        migrations.AddConstraint(
            model_name='studentinvitation',
            constraint=models.UniqueConstraint(fields=('wave', 'student'), name='evaluation_student_asked_once'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['wave', '-submitted_at'], name='evaluation_of_wave'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(condition=models.Q(('organisation', None)), fields=['submitted_at', 'wave'], name='evaluation_of_students'),
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(condition=models.Q(('problem', ''), ('sent_at', None)), fields=['wave', 'id'], name='evaluation_to_send'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('wave', 'contact'), name='evaluation_asked_once'),
        ),
    ]
