from django.urls import path

from partnerwijzer.organisations.views import account, people, school, schools

app_name = "organisations"
urlpatterns = [
    path("onze-school/", school.school, name="school"),
    path("scholen/", schools.schools, name="schools"),
    path("scholen/nieuw/", schools.new_school, name="new_school"),
    path("scholen/<int:pk>/", school.school_detail, name="school_detail"),
    path("scholen/<int:pk>/profiel/", school.edit_profile, name="edit_profile"),
    path("scholen/<int:pk>/prioriteiten/", school.add_priority, name="add_priority"),
    path("scholen/<int:pk>/anker/", schools.assign_adviser, name="assign_adviser"),
    path("ankers/<int:pk>/beeindigen/", schools.end_assignment, name="end_assignment"),
    path("prioriteiten/<int:pk>/", school.edit_priority, name="edit_priority"),
    path("prioriteiten/<int:pk>/weg/", school.remove_priority, name="remove_priority"),
    path("prioriteiten/<int:pk>/verplaatsen/", school.move_priority, name="move_priority"),
    path("mensen/", people.people, name="people"),
    path("mensen/rol/<int:pk>/", people.change_role, name="change_role"),
    path("mensen/rol/<int:pk>/beeindigen/", people.end_membership, name="end_membership"),
    path("mensen/uitnodiging/<int:pk>/opnieuw/", people.invitation_again, name="invitation_again"),
    path(
        "mensen/uitnodiging/<int:pk>/intrekken/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("mensen/<slug:kind>/<int:pk>/", people.people_of, name="people_of"),
    path("mensen/<slug:kind>/<int:pk>/uitnodigen/", people.invite, name="invite"),
    path("uitnodiging/<str:token>/", account.invitation, name="invitation"),
    path("mijn-gegevens/", account.account, name="account"),
    path("mijn-gegevens/toestellen/<int:pk>/", account.end_session, name="end_session"),
    path("taal/", account.language, name="language"),
    path("van-school-wisselen/", account.switch_school, name="switch_school"),
]
