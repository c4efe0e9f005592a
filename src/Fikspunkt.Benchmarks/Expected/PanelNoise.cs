using Fikspunkt.Statistics.Numerics;

namespace Fikspunkt.Benchmarks.Expected;

/// <summary>One period's residuals for the estimate of noise, by unit; NaN where the unit is not in the period.</summary>
/// <param name="EndMonth">Number of the period's last month.</param>
/// <param name="Residual">Actual - expected in the fit to all units, divided by sqrt(1 - leverage), so that fitting does not shrink its variance.</param>
/// <param name="Share">Expected share.</param>
/// <param name="Slope">p(1 - p), or 1.</param>
/// <param name="Exposure">Exposure.</param>
internal sealed record NoisePeriod(int EndMonth, double[] Residual, double[] Share, double[] Slope, double[] Exposure);

/// <summary>Estimates chance from how units move around their own level.</summary>
/// <remarks>
/// <para>
/// r_it = a_i + b_i p_it(1 - p_it) + e_it with the unit's own level free (so that true differences, however large or oddly spread, do not
/// count as chance) both in absolute terms and in proportion to the national level, since nothing says which of the two lasts.
/// Var e_it = phi p(1 - p)/n + kappa s^2, and e has the correlation over time of means of an AR(1) series
/// (<see cref="ChanceNoise"/>). The factors are common to all units, so that small units borrow strength.
/// </para>
/// <para>
/// Restricted likelihood, the levels integrated out. With everything divided by sqrt(p(1 - p)/n), R the unit's correlation matrix over its
/// T periods, Z its k levels and Q the residual sum of squares of y on Z with weight R^-1, minus twice the log likelihood is the sum over
/// units of log|R| + log|Z'R^-1 Z| + (T - k) log v + Q / v (Patterson and Thompson 1971), v = phi + kappa (mean of s^2 n/(p(1 - p))).
/// </para>
/// </remarks>
internal static class PanelNoise
{
    /// <summary>Beyond this a level and a slow movement around it cannot be told apart (a third of a shock is left after a year... 0.97^12 = 0.69).</summary>
    private const double LargestCorrelation = 0.97;

    /// <summary>Fewest periods of a unit that say anything of correlation.</summary>
    private const int FewestPeriods = 3;

    /// <summary>The estimate, or <see langword="null"/> when no unit has at least three periods.</summary>
    /// <param name="periods">The periods, in order.</param>
    /// <param name="windowMonths">Months that a period has.</param>
    /// <param name="fixedFactor">Factor on the binomial variance, where the model fixes it; nothing then moves beyond it.</param>
    public static ChanceNoise? Estimate(IReadOnlyList<NoisePeriod> periods, int windowMonths, double? fixedFactor)
    {
        var units = UnitsOf(periods);
        if (units.Count == 0)
        {
            return null;
        }

        var rho = Minimum.Of(r => Profile(units, windowMonths, r, fixedFactor).Deviance, 0, LargestCorrelation);
        var best = Profile(units, windowMonths, rho, fixedFactor);
        var freedom = units.Sum(unit => unit.Freedom);
        var yearly = ChanceNoise.Correlation(rho, windowMonths, units[0].EndMonth[1] - units[0].EndMonth[0]);
        return new ChanceNoise(best.Factor, best.Common, rho, windowMonths, Math.Max(freedom * (1 - yearly) / (1 + yearly), 1));
    }

    private static (double Deviance, double Factor, double Common) Profile(IReadOnlyList<UnitSeries> units, int windowMonths, double rho, double? fixedFactor)
    {
        var quadratic = new double[units.Count];
        var constant = 0.0;
        double[]? factor = null;
        var log = 0.0;
        int[] pattern = [];
        for (var i = 0; i < quadratic.Length; i++)
        {
            var unit = units[i];
            var size = unit.Residual.Length;
            if (factor is null || !unit.EndMonth.AsSpan().SequenceEqual(pattern))
            {
                pattern = unit.EndMonth;
                factor = Factor(pattern, windowMonths, rho);
                log = Cholesky.LogDeterminant(factor, size);
            }

            var y = (double[])unit.Residual.Clone();
            Cholesky.SolveLower(factor, size, y);
            var levels = Array.ConvertAll(unit.Levels, level => (double[])level.Clone());
            var determinant = 0.0;
            for (var k = 0; k < levels.Length; k++)
            {
                Cholesky.SolveLower(factor, size, levels[k]);
                for (var before = 0; before < k; before++)
                {
                    Remove(levels[k], levels[before]);
                }

                determinant += Math.Log(Expectation.Dot(levels[k], levels[k]));
                Remove(y, levels[k]);
            }

            quadratic[i] = Expectation.Dot(y, y);
            constant += log + determinant;
        }

        if (fixedFactor is { } given)
        {
            return (constant + Deviance(units, quadratic, given, 0), given, 0);
        }

        // phi in closed form given kappa / phi; the ratio by search, on a scale where 1 means that the typical unit's variance doubles.
        var typical = units.Select(unit => 1 / unit.Common).Order().ElementAt(units.Count / 2);
        var freedom = units.Sum(unit => unit.Freedom);
        var ratio = Minimum.Of(t => Deviance(units, quadratic, FactorAt(t), FactorAt(t) * t * t * typical), 0, 6);
        var phi = FactorAt(ratio);
        var kappa = phi * ratio * ratio * typical;
        return (constant + Deviance(units, quadratic, phi, kappa), phi, kappa);

        double FactorAt(double t)
        {
            var sum = 0.0;
            for (var i = 0; i < quadratic.Length; i++)
            {
                sum += quadratic[i] / (1 + (t * t * typical * units[i].Common));
            }

            return sum / freedom;
        }
    }

    private static double Deviance(IReadOnlyList<UnitSeries> units, double[] quadratic, double phi, double kappa)
    {
        var sum = 0.0;
        for (var i = 0; i < quadratic.Length; i++)
        {
            var variance = phi + (kappa * units[i].Common);
            sum += (units[i].Freedom * Math.Log(variance)) + (quadratic[i] / variance);
        }

        return sum;
    }

    private static double[] Factor(int[] endMonth, int windowMonths, double rho)
    {
        var size = endMonth.Length;
        var matrix = new double[size * size];
        var byLag = new Dictionary<int, double>();
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < size; b++)
            {
                // Many pairs are equally far apart, and a correlation takes many powers.
                var lag = Math.Abs(endMonth[a] - endMonth[b]);
                if (!byLag.TryGetValue(lag, out var correlation))
                {
                    byLag.Add(lag, correlation = ChanceNoise.Correlation(rho, windowMonths, lag));
                }

                matrix[(a * size) + b] = correlation;
            }
        }

        return Cholesky.TryFactorise(matrix, size) ? matrix : throw new InvalidOperationException("An AR(1) correlation matrix is positive definite.");
    }

    private static List<UnitSeries> UnitsOf(IReadOnlyList<NoisePeriod> periods)
    {
        var units = new List<UnitSeries>();
        for (var unit = 0; periods.Count > 0 && unit < periods[0].Residual.Length; unit++)
        {
            var own = periods.Where(period => !double.IsNaN(period.Residual[unit])).ToArray();
            if (own.Length < FewestPeriods)
            {
                continue;
            }

            var practice = Practice(own, unit);
            var deviation = Array.ConvertAll(own, period => Math.Sqrt(practice * period.Share[unit] * (1 - (practice * period.Share[unit])) / period.Exposure[unit]));
            double[] absolute = [.. deviation.Select(d => 1 / d)];
            double[] relative = [.. own.Select((period, t) => period.Share[unit] * (1 - period.Share[unit]) / deviation[t])];
            units.Add(new UnitSeries(
                Array.ConvertAll(own, period => period.EndMonth),
                [.. own.Select((period, t) => period.Residual[unit] / deviation[t])],
                Independent(absolute, relative) && own.Length > FewestPeriods ? [relative, absolute] : [relative],
                own.Select((period, t) => period.Slope[unit] / deviation[t]).Average(z => z * z)));
        }

        return units;
    }

    /// <summary>
    /// Chance follows the unit's true share, not the expected one: their ratio over all periods, drawn towards 1 as if
    /// <c>PriorPersons</c> persons had been seen at the expected share.
    /// </summary>
    private static double Practice(NoisePeriod[] own, int unit)
    {
        const double PriorPersons = 20;
        double actual = PriorPersons, expected = PriorPersons;
        foreach (var period in own)
        {
            var persons = period.Exposure[unit];
            expected += persons * period.Share[unit];
            actual += persons * Math.Max(period.Share[unit] + period.Residual[unit], 0);
        }

        return actual / expected;
    }

    /// <summary>Takes the part along <paramref name="direction"/> out of <paramref name="vector"/>.</summary>
    private static void Remove(double[] vector, double[] direction)
    {
        var along = Expectation.Dot(vector, direction) / Expectation.Dot(direction, direction);
        for (var t = 0; t < vector.Length; t++)
        {
            vector[t] -= along * direction[t];
        }
    }

    /// <summary>Whether two levels can be told apart: the sine of their angle is not next to nothing.</summary>
    private static bool Independent(double[] a, double[] b)
    {
        var cosine = Expectation.Dot(a, b) / Math.Sqrt(Expectation.Dot(a, a) * Expectation.Dot(b, b));
        return 1 - (cosine * cosine) > 1e-10;
    }

    /// <summary>One unit: standardised residuals, standardised levels, and the mean of the squared standardised slope.</summary>
    private sealed record UnitSeries(int[] EndMonth, double[] Residual, double[][] Levels, double Common)
    {
        public int Freedom => Residual.Length - Levels.Length;
    }
}
