from django.apps import AppConfig


class Config(AppConfig):
    name = "partnerwijzer.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models exist only now.
        from partnerwijzer.councils import about, agenda  # noqa: PLC0415
        from partnerwijzer.dossiers import (  # noqa: PLC0415
            advice_lines,
            agenda_lines,
            beside,
            council_remarks,
            known,
            listening,  # noqa: F401
            moving,
        )
        from partnerwijzer.partners import looked, merging, usage  # noqa: PLC0415
        from partnerwijzer.privacy import linked  # noqa: PLC0415
        from partnerwijzer.search import triggers  # noqa: PLC0415

        about.provide(advice_lines)
        agenda.provide(agenda_lines.of_dossiers)
        usage.register(known.partners_of)
        looked.register(known.looks_at)
        merging.register(known.of_moved_dossiers)
        beside.register(remarks=moving.remarks)
        beside.register(remarks=council_remarks.remarks)
        triggers.watch(self, "use", {"dossiers_dossierpartner": "{row}.partner_id"})
        linked.register(
            "advice__dossier__school_id",
            "advice_reminder__dossier__school_id",
            "agreement__agreement__dossier__school_id",
            "agreement_extra__agreement__dossier__school_id",
        )
