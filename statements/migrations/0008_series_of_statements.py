from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0007_words_of_relations"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["speaker", "organ", "type", "issuer"], name="statement_by_series"),
        ),
    ]
