"""Our components: one function for each, whose signature is its contract.

A wrong or missing parameter is an error when the template is compiled. Each is shown in each state
on the style page. The tag library ui gathers them; templates need no {% load %}.
"""

from django import template

register = template.Library()
