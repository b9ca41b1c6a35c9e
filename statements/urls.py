"""Addresses of statements and of how states stood to them; words come before ids."""

from statements import views, views_texts
from statements.formulas import views as formulas

urlpatterns = [
    *views.StatementList.urls(),
    *views.PassageList.urls(),
    *views.JoinedList.urls(),
    *formulas.FormulaList.urls(),
    *formulas.StatementsCompare.urls(),
    *views_texts.StatementText.urls(),
    *views_texts.StatementCitation.urls(),
    *views.StatementPage.urls(),
]
