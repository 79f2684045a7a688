"""Small places: the Fay-Herriot model, by restricted maximum likelihood, with the error of Prasad and Rao.

Source: R. E. Fay and R. A. Herriot (1979), Journal of the American Statistical Association 74(366), 269-277; N. G. N. Prasad and
J. N. K. Rao (1990), the same 85(409), 163-171; G. S. Datta and P. Lahiri (2000), Statistica Sinica 10, 613-627; R package sae,
`mseFH(method = "REML")`.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_ROUNDS, _CLOSE = 500, 1e-12


@dataclass(frozen=True, eq=False)
class FayHerriot:
    """The model of the places whose direct figure has an error.

    Attributes:
        variance: The variance between places that the covariates do not explain.
        coefficients: Of the covariates, the constant first.
        uncertainty: The covariance of the coefficients.
        converged: Whether the variance was found.
    """

    variance: float
    coefficients: Floats
    uncertainty: Floats
    converged: bool

    def estimates(self, direct: Floats, errors: Floats, covariates: Floats) -> tuple[Floats, Floats]:
        """The modelled figures of the places of the model, and their root mean squared errors.

        Args:
            direct: The direct figures.
            errors: Their squared standard errors.
            covariates: Places × covariates, the first column 1.

        Returns:
            The figures, and their errors.
        """
        leaning = errors / (self.variance + errors)
        expected = covariates @ self.coefficients
        spread = 2 / (1 / (self.variance + errors) ** 2).sum()
        own = errors * (1 - leaning)
        fitted = leaning**2 * _quadratic(covariates, self.uncertainty)
        unknown = leaning**2 * spread / (self.variance + errors)
        return expected + (1 - leaning) * (direct - expected), np.sqrt(own + fitted + 2 * unknown)

    def expected(self, covariates: Floats) -> tuple[Floats, Floats]:
        """What the covariates alone say of places without a direct figure, and its error."""
        return covariates @ self.coefficients, np.sqrt(self.variance + _quadratic(covariates, self.uncertainty))


def fitted_model(direct: Floats, errors: Floats, covariates: Floats) -> FayHerriot:
    """Fit the model by Fisher scoring.

    Args:
        direct: The direct figures of the places.
        errors: Their squared standard errors, above 0.
        covariates: Places × covariates, the first column 1.

    Returns:
        The model; `converged` says whether the variance was found. A variance below 0 counts as 0.
    """
    variance, converged = float(np.median(errors)), False
    for _ in range(_ROUNDS):
        weights = 1 / (variance + errors)
        projection = np.diag(weights) - weights[:, np.newaxis] * (
            covariates @ np.linalg.solve(covariates.T @ (weights[:, np.newaxis] * covariates), covariates.T)
        ) * weights  # fmt: skip
        residual = projection @ direct
        score = -0.5 * np.trace(projection) + 0.5 * residual @ residual
        step = score / (0.5 * (projection * projection.T).sum())
        before, variance = variance, max(variance + step, 0.0)
        if abs(variance - before) <= _CLOSE * (variance + float(errors.min())):
            converged = True
            break
    weights = 1 / (variance + errors)
    uncertainty: Floats = np.asarray(np.linalg.inv(covariates.T @ (weights[:, np.newaxis] * covariates)), dtype=np.float64)
    return FayHerriot(variance, uncertainty @ covariates.T @ (weights * direct), uncertainty, converged)


def _quadratic(rows: Floats, matrix: Floats) -> Floats:
    """Each row's x' M x."""
    return np.asarray(np.einsum("ij,jk,ik->i", rows, matrix, rows))
