using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Shrinkage;

/// <summary>A fitted <see cref="RandomIntercept"/> model. Group arrays follow the group numbers.</summary>
/// <param name="Coefficients">b.</param>
/// <param name="Covariance">Model-based covariance of b.</param>
/// <param name="BetweenVariance">Variance of the groups' intercepts.</param>
/// <param name="ResidualVariance">Variance within groups.</param>
/// <param name="LogLikelihood">Maximised (restricted) log likelihood, constants included, as lme4 gives it.</param>
/// <param name="Effects">Predicted deviation of each group's intercept (BLUP).</param>
/// <param name="ConditionalSd">sqrt(between variance (1 - shrinkage)): uncertainty of b and of the variances not included, as lme4's condVar.</param>
/// <param name="Shrinkage">n_g between / (n_g between + residual): 0 = all noise, 1 = all signal.</param>
public sealed record RandomInterceptFit(
    double[] Coefficients,
    RowMatrix Covariance,
    double BetweenVariance,
    double ResidualVariance,
    double LogLikelihood,
    double[] Effects,
    double[] ConditionalSd,
    double[] Shrinkage)
{
    /// <summary>Intraclass correlation: between / (between + residual); NaN when both are 0.</summary>
    public double IntraclassCorrelation => BetweenVariance / (BetweenVariance + ResidualVariance);
}

/// <summary>Linear mixed model with a random intercept: y_i = x_i'b + u_g(i) + e_i, u ~ N(0, between), e ~ N(0, residual).</summary>
/// <remarks>
/// Maximum or restricted likelihood, profiled down to the ratio of the two variances; the highest point of a grid is refined to a root of
/// the derivative. Bates, Maechler, Bolker and Walker, Journal of Statistical Software 67(1) (2015). A ratio beyond 1e6 is reported as 1e6.
/// A response that the columns explain perfectly gives variances of 0, an infinite likelihood and no shrinkage factor (NaN). Deterministic.
/// </remarks>
public static class RandomIntercept
{
    private const int GridPoints = 64;

    /// <summary>Fits the model.</summary>
    /// <param name="x">Design; an intercept is a column of ones.</param>
    /// <param name="y">Response.</param>
    /// <param name="groups">The group of each row: 0, 1, ..., each used.</param>
    /// <param name="kind">Restricted or full likelihood.</param>
    /// <exception cref="InvalidValueException">NaN, infinity, or a column whose largest magnitude is neither 0 nor from 1e-150 to 1e150.</exception>
    /// <exception cref="TooFewUnitsException">Not more rows than groups or columns, or fewer than two groups.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    public static RandomInterceptFit Fit(RowMatrix x, ReadOnlySpan<double> y, ReadOnlySpan<int> groups, LikelihoodKind kind = LikelihoodKind.Restricted)
    {
        var n = x.Rows;
        Check.SameLength(n, y.Length, nameof(y));
        Check.Finite(x.Values, nameof(x), x.Columns);
        Check.Finite(y, nameof(y));
        Check.Scaled(x.Values, nameof(x), x.Columns);
        Check.Scaled(y, nameof(y));
        var count = Check.Groups(groups, n);
        if (n <= Math.Max(count, x.Columns) || count < 2)
        {
            throw new TooFewUnitsException(count < 2 ? count : n, count < 2 ? 2 : Math.Max(count, x.Columns) + 1);
        }

        var ones = new double[n];
        Array.Fill(ones, 1);
        var profile = new GroupedProfile(x, y, ones, LeaveGroupOutLinear.Members(groups, count), kind);
        if (profile.IsPerfect)
        {
            var nothing = new double[count];
            return new RandomInterceptFit(LinearRegression.Fit(x, y).Coefficients, new RowMatrix(x.Columns, x.Columns), 0, 0, double.PositiveInfinity, nothing, nothing, Array.ConvertAll(nothing, _ => double.NaN));
        }

        var point = profile.At(profile.Maximise(GridPoints));
        var (coefficients, covariance) = profile.Coefficients(point);
        var (effects, sd, shrinkage) = profile.Effects(point);
        return new RandomInterceptFit(coefficients, covariance, point.Theta * point.Variance, point.Variance, point.LogLikelihood, effects, sd, shrinkage);
    }
}
