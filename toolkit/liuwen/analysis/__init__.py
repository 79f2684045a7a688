"""Figures from answers: shares, means, needs by any grouping and design, with intervals, and the suppression of small groups.

Counting runs where the frame lives (narwhals: pandas, Polars, DuckDB, PySpark); a design or a household's visits need the rows in
pandas. Everything after it works on small tables.
"""

from liuwen.analysis.agreement import cohen_kappa, krippendorff_alpha
from liuwen.analysis.appraisal import AppraisalScore, ScorePart, appraisal_score, opinion_score
from liuwen.analysis.candidates import household_groups, place_columns, select_multiples, visit_dates
from liuwen.analysis.code_frame import CodeFrame
from liuwen.analysis.crosstab import crosstab
from liuwen.analysis.disclosure import Protection, protect
from liuwen.analysis.estimates import kish_effect
from liuwen.analysis.intervals import beta_interval, wilson_interval, xlogit_interval
from liuwen.analysis.k_anonymity import KAnonymity, k_anonymity
from liuwen.analysis.means import means
from liuwen.analysis.needs import needs
from liuwen.analysis.presentation import presentation_fitness
from liuwen.analysis.quality import interview_measures, quality
from liuwen.analysis.quotes import quotes
from liuwen.analysis.ratings import rating_questions
from liuwen.analysis.reliability import VisitorEffect, cronbach_alpha, visitor_effect
from liuwen.analysis.replicates import ReplicateWeights
from liuwen.analysis.sample import Sample, sample
from liuwen.analysis.satisfaction import satisfaction
from liuwen.analysis.shares import shares
from liuwen.analysis.significance import Association, benjamini_hochberg, fisher_exact, holm, rank_intervals
from liuwen.analysis.small_areas import small_areas
from liuwen.analysis.states import Shown
from liuwen.analysis.survey_design import SurveyDesign
from liuwen.analysis.words import words

__all__ = [
    "AppraisalScore",
    "Association",
    "CodeFrame",
    "KAnonymity",
    "Protection",
    "ReplicateWeights",
    "Sample",
    "ScorePart",
    "Shown",
    "SurveyDesign",
    "VisitorEffect",
    "appraisal_score",
    "benjamini_hochberg",
    "beta_interval",
    "cohen_kappa",
    "cronbach_alpha",
    "crosstab",
    "fisher_exact",
    "holm",
    "household_groups",
    "interview_measures",
    "k_anonymity",
    "kish_effect",
    "krippendorff_alpha",
    "means",
    "needs",
    "opinion_score",
    "place_columns",
    "presentation_fitness",
    "protect",
    "quality",
    "quotes",
    "rank_intervals",
    "rating_questions",
    "sample",
    "satisfaction",
    "select_multiples",
    "shares",
    "small_areas",
    "visit_dates",
    "visitor_effect",
    "wilson_interval",
    "words",
    "xlogit_interval",
]
