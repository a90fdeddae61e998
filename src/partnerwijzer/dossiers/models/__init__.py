"""Everything that a dossier keeps, by step."""

from partnerwijzer.dossiers.models.agreement import Agreement, AgreementChange, AgreementVersion
from partnerwijzer.dossiers.models.decision import (
    CouncilItem,
    CouncilOutcome,
    Decision,
    Position,
)
from partnerwijzer.dossiers.models.dossier import (
    AdviserQuestion,
    CooperationKind,
    CouncilDuty,
    Dossier,
    DossierGoal,
    DossierGroup,
    DossierMember,
    DossierPartner,
    DossierState,
    FollowUp,
    Part,
    Screening,
)
from partnerwijzer.dossiers.models.running import (
    Activity,
    ActivityState,
    AimResult,
    Evaluation,
    EvaluationFactor,
    Sharing,
)
from partnerwijzer.dossiers.models.screening import (
    Assessment,
    Evidence,
    ExperienceRequest,
    Judgement,
    Relation,
    Status,
)

__all__ = [
    "Activity",
    "ActivityState",
    "AdviserQuestion",
    "Agreement",
    "AgreementChange",
    "AgreementVersion",
    "AimResult",
    "Assessment",
    "CooperationKind",
    "CouncilDuty",
    "CouncilItem",
    "CouncilOutcome",
    "Decision",
    "Dossier",
    "DossierGoal",
    "DossierGroup",
    "DossierMember",
    "DossierPartner",
    "DossierState",
    "Evaluation",
    "EvaluationFactor",
    "Evidence",
    "ExperienceRequest",
    "FollowUp",
    "Judgement",
    "Part",
    "Position",
    "Relation",
    "Screening",
    "Sharing",
    "Status",
]
