from django.db import migrations

from liuke.connect.store.waiting_before import OLD_KIND, moved


def move(apps, schema_editor):
    """Rows that wait in the old place go to the new one; the live path's sweep sees to a job for them."""
    batches, bodies = apps.get_model("connect", "Batch"), apps.get_model("connect", "BatchBody")
    for batch in batches.objects.filter(status__in=["queued", "running"], kept__isnull=True, entity="activities", stored_name=""):
        found = moved(batch.detected)
        if found is not None:
            body, rest = found
            bodies.objects.create(batch=batch, body=body)
            batches.objects.filter(pk=batch.pk).update(status="queued", detected=rest)
    jobs = apps.get_model("jobs", "Job")
    jobs.objects.filter(kind=OLD_KIND, status__in=["queued", "running"]).update(status="cancelled", lease_until=None)


class Migration(migrations.Migration):

    dependencies = [
        ('connect', '0003_source_documents'),
        ('jobs', '0003_request_id'),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
