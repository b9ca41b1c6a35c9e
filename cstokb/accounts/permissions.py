"""What callers of the API may do."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from cstokb.accounts.models import ApiToken, Scope

if TYPE_CHECKING:
    # The module of views itself loads this class by its name in the settings.
    from rest_framework.views import APIView


class ReadOnlyWithinScope(BasePermission):
    """Reading is open to all; a token reads when its scopes say so. Nothing is written through the API."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether the caller may read.

        Raises:
            MethodNotAllowed: for any method that would write. No right helps there, so none is asked for.
        """
        if request.method not in SAFE_METHODS:
            detail = _("Nothing is written through the API; it answers GET, HEAD and OPTIONS.")
            raise MethodNotAllowed(str(request.method), detail)
        return not isinstance(request.auth, ApiToken) or request.auth.allows(Scope.READ)
