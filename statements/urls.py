"""Addresses of statements; words of their own come before ids."""

from statements import views
from statements.formulas import views as formulas

urlpatterns = [
    *views.StatementList.urls(),
    *formulas.FormulaList.urls(),
    *formulas.StatementsCompare.urls(),
    *views.StatementPage.urls(),
]
