namespace Fikspunkt.Statistics.Regression;

/// <summary>A weighted linear regression fitted to <see cref="SufficientStatistics"/>. Arrays follow the columns of the design.</summary>
public sealed class SufficientFit
{
    internal SufficientFit(SufficientStatistics statistics, MomentSolution solution)
    {
        (Statistics, Coefficients, Condition) = (statistics, solution.Coefficients, solution.Condition);
        (ResidualSumOfSquares, TotalSumOfSquares, UnscaledCovariance) = (solution.Residual, solution.Total, Sandwich.Square(solution.InverseRoot()));
    }

    /// <summary>What it was fitted to.</summary>
    public SufficientStatistics Statistics { get; }

    /// <summary>b.</summary>
    public double[] Coefficients { get; }

    /// <summary>n - k.</summary>
    public long DegreesOfFreedom => Statistics.Units - Coefficients.Length;

    /// <summary>Sum of w_i (y_i - x_i'b)^2. Its error is about 1e-15 of <see cref="TotalSumOfSquares"/>.</summary>
    public double ResidualSumOfSquares { get; }

    /// <summary>Sum of w_i (y_i - weighted mean)^2.</summary>
    public double TotalSumOfSquares { get; }

    /// <summary>sigma^2 = residual sum of squares / (n - k).</summary>
    public double ResidualVariance => ResidualSumOfSquares / DegreesOfFreedom;

    /// <summary>(X'WX)^-1.</summary>
    public RowMatrix UnscaledCovariance { get; }

    /// <summary>sigma^2 (X'WX)^-1.</summary>
    public RowMatrix Covariance => Sandwich.Scale(UnscaledCovariance, ResidualVariance);

    /// <summary>1 - residual / total sum of squares around the weighted mean; NaN when the response is constant.</summary>
    public double RSquared => TotalSumOfSquares > 0 ? 1 - (ResidualSumOfSquares / TotalSumOfSquares) : double.NaN;

    /// <summary>1 - (1 - R^2)(n - 1)/(n - k).</summary>
    public double AdjustedRSquared => 1 - ((1 - RSquared) * (Statistics.Units - 1) / DegreesOfFreedom);

    /// <summary>Condition number (1-norm) of the normal equations, columns centred if there is a constant one and scaled to length 1:
    /// the relative error of coefficients and standard errors is about this times 1e-16, if the statistics come from rows.</summary>
    public double Condition { get; }

    /// <summary>Sum of w_i x_i'b over the rows of some statistics, such as the group that was left out.</summary>
    /// <exception cref="ArgumentException">The columns differ.</exception>
    public double PredictedSum(SufficientStatistics rows)
    {
        if (rows.Columns != Coefficients.Length)
        {
            throw new ArgumentException($"{Coefficients.Length} columns are needed, {rows.Columns} were given.", nameof(rows));
        }

        Numerics.DoubleDouble sum = 0;
        for (var j = 0; j < Coefficients.Length; j++)
        {
            sum += Coefficients[j] * rows[rows.Columns + 1, j];
        }

        return sum.Value;
    }
}
