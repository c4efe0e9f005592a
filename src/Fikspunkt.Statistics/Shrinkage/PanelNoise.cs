using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Regression;

namespace Fikspunkt.Statistics.Shrinkage;

/// <summary>How <see cref="PanelNoise"/> is estimated.</summary>
/// <param name="Autocorrelation">The correlation of the noise from one period to the next, when it is known; <see langword="null"/> to estimate it.</param>
/// <param name="Kind">Restricted or full likelihood.</param>
public sealed record PanelNoiseOptions(double? Autocorrelation = null, LikelihoodKind Kind = LikelihoodKind.Restricted);

/// <summary>The noise of a panel. Unit arrays follow the unit numbers.</summary>
/// <param name="Phi">Factor on the known shape of the noise variance.</param>
/// <param name="PhiDegreesOfFreedom">2 / Var(log phi): the degrees of freedom of a chi-square that is as uncertain as phi; for t intervals.</param>
/// <param name="Autocorrelation">rho, correlation of the standardised noise from one period to the next.</param>
/// <param name="BetweenVariance">tau^2, variance of the units' lasting levels.</param>
/// <param name="Coefficients">b, period means for a design of period columns.</param>
/// <param name="Levels">Predicted lasting deviation u_i of each unit (BLUP).</param>
/// <param name="LevelSd">Its conditional standard deviation (b and the variances taken as known).</param>
/// <param name="LogLikelihood">Maximised (restricted) log likelihood.</param>
public sealed record PanelNoiseEstimate(
    double Phi,
    double PhiDegreesOfFreedom,
    double Autocorrelation,
    double BetweenVariance,
    double[] Coefficients,
    double[] Levels,
    double[] LevelSd,
    double LogLikelihood);

/// <summary>Separates lasting differences between units from noise around them:
/// y_it = x_it'b + u_i + e_it, u_i ~ N(0, tau^2), Var(e_it) = phi v_it with v_it known, corr(e_it, e_is) = rho^|t - s|.</summary>
/// <remarks>
/// v_it is the shape of the noise, as p(1 - p)/n for shares of n persons: phi is common to all units, so small units borrow strength.
/// Restricted likelihood. Within a unit the noise is whitened by the recursion of an AR(1) process (gaps between periods allowed);
/// phi and b have closed forms, tau^2 / phi is found by <see cref="GroupedProfile"/>, rho by a grid and golden sections between
/// -0.9 and 0.98: beyond that, noise and lasting levels cannot be told apart in panels of some ten periods.
/// A panel that the columns explain perfectly gives variances of 0, an infinite likelihood, and NaN for what then cannot be known.
/// Chi and Reinsel, JASA 84 (1989) 452-459; Harville, JASA 72 (1977) 320-340. Deterministic.
/// </remarks>
public static class PanelNoise
{
    private const double LowestRho = -0.9;
    private const double HighestRho = 0.98;
    private const int RhoSteps = 16;
    private const int RatioSteps = 24;

    /// <summary>A design with one column of zeros and ones for each period number from 0 on.</summary>
    /// <param name="periods">The period of each row: 0, 1, ..., each used.</param>
    public static RowMatrix PeriodColumns(ReadOnlySpan<int> periods)
    {
        var design = new RowMatrix(periods.Length, Check.Groups(periods, periods.Length));
        for (var i = 0; i < periods.Length; i++)
        {
            design[i, periods[i]] = 1;
        }

        return design;
    }

    /// <summary>Estimates the noise.</summary>
    /// <param name="x">Design of the means; <see cref="PeriodColumns"/> for period means.</param>
    /// <param name="y">Responses, one per unit and period that is there.</param>
    /// <param name="shape">v_it, above 0.</param>
    /// <param name="units">The unit of each row: 0, 1, ..., each used.</param>
    /// <param name="periods">The period of each row on an even scale (gaps count); at most one row per unit and period.</param>
    /// <param name="options">Known autocorrelation, kind of likelihood.</param>
    /// <exception cref="InvalidValueException">NaN, infinity, a shape not above 0, or a column whose largest magnitude is neither 0 nor from 1e-150 to 1e150.</exception>
    /// <exception cref="ArgumentException">A unit has two rows of one period, or shapes do not match.</exception>
    /// <exception cref="TooFewUnitsException">Fewer than two units, or not more rows than units or columns; three periods of some unit are
    /// needed to estimate the autocorrelation.</exception>
    /// <exception cref="RankDeficientException">Columns depend on each other.</exception>
    public static PanelNoiseEstimate Estimate(
        RowMatrix x,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> shape,
        ReadOnlySpan<int> units,
        ReadOnlySpan<int> periods,
        PanelNoiseOptions? options = null)
    {
        options ??= new PanelNoiseOptions();
        var n = x.Rows;
        Check.SameLength(n, y.Length, nameof(y));
        Check.SameLength(n, shape.Length, nameof(shape));
        Check.SameLength(n, periods.Length, nameof(periods));
        Check.Finite(x.Values, nameof(x), x.Columns);
        Check.Finite(y, nameof(y));
        Check.Scaled(x.Values, nameof(x), x.Columns);
        Check.Scaled(y, nameof(y));
        Check.Positive(shape, nameof(shape));
        if (options.Autocorrelation is { } given && !(given > -1 && given < 1))
        {
            throw new InvalidValueException(nameof(options.Autocorrelation), 0, 0, given, Requirement.Between, -1, 1);
        }

        var count = Check.Groups(units, n);
        var members = InOrder(LeaveGroupOutLinear.Members(units, count), periods.ToArray());
        var longest = members.Max(rows => rows.Length);
        if (n <= Math.Max(count, x.Columns) || count < 2 || (longest < 3 && options.Autocorrelation is null))
        {
            throw count < 2 || n > Math.Max(count, x.Columns)
                ? new TooFewUnitsException(count < 2 ? count : longest, count < 2 ? 2 : 3)
                : new TooFewUnitsException(n, Math.Max(count, x.Columns) + 1);
        }

        var panel = new WhitenedPanel(x, y.ToArray(), shape.ToArray(), members, periods.ToArray(), options.Kind);
        return panel.Result(options.Autocorrelation);
    }

    private static int[][] InOrder(int[][] members, int[] periods)
    {
        foreach (var rows in members)
        {
            Array.Sort(rows, (a, b) => periods[a].CompareTo(periods[b]));
            for (var i = 1; i < rows.Length; i++)
            {
                if (periods[rows[i]] == periods[rows[i - 1]])
                {
                    throw new ArgumentException($"Rows {rows[i - 1]} and {rows[i]} are of the same unit and period.", nameof(periods));
                }
            }
        }

        return members;
    }

    /// <summary>The panel after the noise has been made independent with variance phi, for any rho.</summary>
    private sealed class WhitenedPanel(RowMatrix x, double[] y, double[] shape, int[][] members, int[] periods, LikelihoodKind kind)
    {
        private double BestRho()
        {
            double Value(double rho) => Profile(rho).LogLikelihood;
            var step = (HighestRho - LowestRho) / RhoSteps;
            var (best, most) = (0, double.NegativeInfinity);
            for (var i = 0; i <= RhoSteps; i++)
            {
                var value = Value(LowestRho + (i * step));
                (best, most) = value > most ? (i, value) : (best, most);
            }

            return Roots.GoldenSection(Value, LowestRho + (Math.Max(best - 1, 0) * step), LowestRho + (Math.Min(best + 1, RhoSteps) * step), 1e-6);
        }

        public PanelNoiseEstimate Result(double? given)
        {
            if (Whiten(0).Profile.IsPerfect)
            {
                var nothing = new double[members.Length];
                return new PanelNoiseEstimate(0, double.NaN, given ?? double.NaN, 0, LinearRegression.Fit(x, y).Coefficients, nothing, nothing, double.PositiveInfinity);
            }

            var rho = given ?? BestRho();
            var (profile, jacobian) = Whiten(rho);
            var point = profile.At(profile.Maximise(RatioSteps));
            var (effects, sd, _) = profile.Effects(point);
            return new PanelNoiseEstimate(
                point.Variance,
                DegreesOfFreedom(rho, point, profile.DegreesOfFreedom, estimated: given is null),
                rho,
                point.Theta * point.Variance,
                profile.Coefficients(point).Coefficients,
                effects,
                sd,
                point.LogLikelihood - (0.5 * jacobian));
        }

        private (double LogLikelihood, double Theta) Profile(double rho)
        {
            var (profile, jacobian) = Whiten(rho);
            var theta = profile.Maximise(RatioSteps);
            return (profile.At(theta).LogLikelihood - (0.5 * jacobian), theta);
        }

        /// <summary>
        /// log phi is estimated by log(q(theta, rho) / df), so Var(log phi) = 2 / df + g' C g, with g its slopes and C the inverse
        /// curvature of the profile likelihood in the parameters that lie inside their range.
        /// </summary>
        private double DegreesOfFreedom(double rho, GroupedProfile.Point top, int df, bool estimated)
        {
            const double RhoStep = 1e-3;
            const double LogStep = 0.02;
            var ratioFree = top.Theta > 0;
            var rhoFree = estimated && rho is > LowestRho + (2 * RhoStep) and < HighestRho - (2 * RhoStep);

            // Steps: a of log theta, b of rho.
            (double LogLikelihood, double LogPhi) At(int a, int b)
            {
                var (profile, jacobian) = Whiten(rho + (b * RhoStep));
                var point = profile.At(top.Theta * Math.Exp(a * LogStep));
                return (point.LogLikelihood - (0.5 * jacobian), Math.Log(point.Variance));
            }

            var variance = 2.0 / df;
            if (!ratioFree && !rhoFree)
            {
                return df;
            }

            var middle = At(0, 0);
            var (up, down) = (ratioFree ? At(1, 0) : middle, ratioFree ? At(-1, 0) : middle);
            var (right, left) = (rhoFree ? At(0, 1) : middle, rhoFree ? At(0, -1) : middle);
            var (slopeA, slopeB) = ((up.LogPhi - down.LogPhi) / 2, (right.LogPhi - left.LogPhi) / 2);
            var (curveA, curveB) = (
                (2 * middle.LogLikelihood) - up.LogLikelihood - down.LogLikelihood,
                (2 * middle.LogLikelihood) - right.LogLikelihood - left.LogLikelihood);
            var cross = ratioFree && rhoFree
                ? -(At(1, 1).LogLikelihood - At(1, -1).LogLikelihood - At(-1, 1).LogLikelihood + At(-1, -1).LogLikelihood) / 4
                : 0;
            variance += (ratioFree, rhoFree) switch
            {
                (true, false) => slopeA * slopeA / curveA,
                (false, true) => slopeB * slopeB / curveB,
                _ => ((slopeA * slopeA * curveB) - (2 * slopeA * slopeB * cross) + (slopeB * slopeB * curveA)) / ((curveA * curveB) - (cross * cross)),
            };

            // Where the likelihood is flat, the curvature is rounding and says nothing; then phi is as uncertain as it can be.
            return variance >= 2.0 / df && double.IsFinite(variance) ? 2 / variance : 1;
        }

        /// <summary>The profile at rho, and the log determinant of the noise correlation and shape.</summary>
        private (GroupedProfile Profile, double Jacobian) Whiten(double rho)
        {
            var (white, response, ones) = (new RowMatrix(x.Rows, x.Columns), new double[y.Length], new double[y.Length]);
            var jacobian = default(CompensatedSum);
            foreach (var rows in members)
            {
                for (var t = 0; t < rows.Length; t++)
                {
                    var row = rows[t];
                    var carried = t == 0 ? 0 : Math.Pow(rho, periods[row] - periods[rows[t - 1]]);
                    var innovation = 1 - (carried * carried);
                    var own = 1 / Math.Sqrt(shape[row] * innovation);
                    var before = t == 0 ? 0 : carried / Math.Sqrt(shape[rows[t - 1]] * innovation);
                    var previous = t == 0 ? row : rows[t - 1];
                    jacobian.Add(Math.Log(shape[row] * innovation));
                    response[row] = (own * y[row]) - (before * y[previous]);
                    ones[row] = own - before;
                    for (var j = 0; j < x.Columns; j++)
                    {
                        white[row, j] = (own * x[row, j]) - (before * x[previous, j]);
                    }
                }
            }

            return (new GroupedProfile(white, response, ones, members, kind), jacobian.Value);
        }
    }
}
