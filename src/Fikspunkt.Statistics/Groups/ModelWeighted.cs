using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Statistics.Groups;

/// <summary>Units as points whose distances weigh each covariate by what it says about an outcome.</summary>
/// <param name="Weights">|standardised coefficient| of each covariate.</param>
/// <param name="Positions">Weight times z-score: one row per unit, one column per covariate.</param>
public sealed record WeightedPositions(double[] Weights, RowMatrix Positions)
{
    /// <summary>The distances between all units, in standard deviations of the outcome.</summary>
    public Distances Distances() => Groups.Distances.Euclidean(Positions);

    /// <summary>What each covariate adds to the squared distance between two units: the parts add up to its square.</summary>
    public double[] Parts(int a, int b)
    {
        var parts = new double[Positions.Columns];
        for (var j = 0; j < parts.Length; j++)
        {
            var difference = Positions[a, j] - Positions[b, j];
            parts[j] = difference * difference;
        }

        return parts;
    }
}

/// <summary>Likeness in what matters: covariates weighted by how much they predict the outcome.</summary>
/// <remarks>
/// d(a, b)^2 = sum over covariates of (beta_j (z_aj - z_bj))^2, beta_j = b_j sd(x_j) / sd(y) the standardised coefficient of a linear
/// regression of y on the covariates, z the z-scores. A covariate that says nothing about the outcome does not make units unlike;
/// one step of distance is one standard deviation of the outcome, were only that covariate to differ. Differences in several covariates
/// do not cancel each other, as they would in the difference of the two predictions. Missing values are not allowed. Deterministic.
/// </remarks>
public static class ModelWeighted
{
    /// <summary>Places units by covariates and coefficients.</summary>
    /// <param name="covariates">One row per unit, one column per covariate, without an intercept.</param>
    /// <param name="coefficients">The coefficients of the regression, without the intercept's, in the order of the columns.</param>
    /// <param name="response">The outcome of the regression, one value per unit; its spread sets the scale.</param>
    /// <exception cref="InvalidValueException">NaN or infinity.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two units.</exception>
    /// <exception cref="ConstantColumnsException">Covariates without variation, or (as column 0) a response without.</exception>
    public static WeightedPositions Of(RowMatrix covariates, ReadOnlySpan<double> coefficients, ReadOnlySpan<double> response)
    {
        Check.SameLength(covariates.Columns, coefficients.Length, nameof(coefficients));
        Check.SameLength(covariates.Rows, response.Length, nameof(response));
        Check.Finite(coefficients, nameof(coefficients));
        var scale = ZScores.Of(new RowMatrix(response.Length, 1, response.ToArray())).StandardDeviation[0];
        var standardised = ZScores.Of(covariates);
        var weights = new double[coefficients.Length];
        var positions = new RowMatrix(covariates.Rows, covariates.Columns);
        for (var j = 0; j < weights.Length; j++)
        {
            weights[j] = Math.Abs(coefficients[j]) * (standardised.StandardDeviation[j] / scale);
            for (var i = 0; i < covariates.Rows; i++)
            {
                positions[i, j] = weights[j] * standardised.Z[i, j];
            }
        }

        return new WeightedPositions(weights, positions);
    }
}
