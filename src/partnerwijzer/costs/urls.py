from django.urls import path

from partnerwijzer.costs.views import ceilings, plan, school

app_name = "costs"
urlpatterns = [
    path("dossiers/<int:pk>/kosten/", plan.plan, name="plan"),
    path("dossiers/<int:pk>/kosten/nieuw/", plan.edit_line, name="line_new"),
    path("dossiers/<int:pk>/kosten/<int:line_pk>/", plan.edit_line, name="line"),
    path("kosten/", school.overview, name="overview"),
    path("kosten/nieuw/", school.edit_other, name="other_new"),
    path("kosten/<int:pk>/", school.edit_other, name="other"),
    path("kosten/maximum/", ceilings.ceilings, name="ceilings"),
    path("kosten/maximum/nieuw/", ceilings.new_ceiling, name="ceiling_new"),
    path("kosten/maximum/<int:pk>/", ceilings.edit_ceiling, name="ceiling"),
]
