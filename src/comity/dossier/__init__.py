"""Who is at the table, what is asked, what each wants, and who said so."""

from comity.dossier.agenda import agenda_order, refuse_cycles
from comity.dossier.body import OMEGA_PRIOR, Actor, Body, Presidency, Session
from comity.dossier.charter import Binding, Charter, Clause, Procedure, Verified
from comity.dossier.charters import charter_names, load_charter
from comity.dossier.checks import CHECKS, check, refuse_hindsight
from comity.dossier.draws import Batch, Given, Keyed, Middle, Uniforms, middle
from comity.dossier.finding import Check, Finding
from comity.dossier.inputs import Input, inputs, participants
from comity.dossier.item import Competence, Item, Round
from comity.dossier.load import load, loads
from comity.dossier.model import Coding, Dossier
from comity.dossier.position import UNKNOWN, Basis, Choice, Concession, Position
from comity.dossier.quantity import Domain, Exactly, Normal, Quantity, Triangular, Uniform
from comity.dossier.response import Base, Response
from comity.dossier.rule import Consensus, QualifiedMajority, Rule, Silence, SimpleMajority
from comity.dossier.statement import Source, Standing, Statement

__all__ = [
    "CHECKS",
    "OMEGA_PRIOR",
    "UNKNOWN",
    "Actor",
    "Base",
    "Basis",
    "Batch",
    "Binding",
    "Body",
    "Charter",
    "Check",
    "Choice",
    "Clause",
    "Coding",
    "Competence",
    "Concession",
    "Consensus",
    "Domain",
    "Dossier",
    "Exactly",
    "Finding",
    "Given",
    "Input",
    "Item",
    "Keyed",
    "Middle",
    "Normal",
    "Position",
    "Presidency",
    "Procedure",
    "QualifiedMajority",
    "Quantity",
    "Response",
    "Round",
    "Rule",
    "Session",
    "Silence",
    "SimpleMajority",
    "Source",
    "Standing",
    "Statement",
    "Triangular",
    "Uniform",
    "Uniforms",
    "Verified",
    "agenda_order",
    "charter_names",
    "check",
    "inputs",
    "load",
    "load_charter",
    "loads",
    "middle",
    "participants",
    "refuse_cycles",
    "refuse_hindsight",
]
