namespace Fikspunkt.Benchmarks.Expected;

/// <summary>
/// How much of an area's share in a period is chance: variance = <paramref name="Factor"/> p(1 - p)/n + <paramref name="Common"/> s^2,
/// with s = p(1 - p) for the logit and 1 for the linear model.
/// </summary>
/// <param name="Factor">Overdispersion: factor on the binomial variance.</param>
/// <param name="Common">Variance of movement that does not shrink with size, on the scale of the linear predictor.</param>
/// <param name="MonthlyCorrelation">Correlation of chance from one month to the next; 0 where nothing is known of it.</param>
/// <param name="WindowMonths">Months that a period has.</param>
/// <param name="DegreesOfFreedom">How well the factor is known.</param>
internal sealed record ChanceNoise(double Factor, double Common, double MonthlyCorrelation, int WindowMonths, double DegreesOfFreedom)
{
    /// <summary>Variance of a share.</summary>
    public double Variance(double share, double slope, double exposure) => (Factor * share * (1 - share) / exposure) + (Common * slope * slope);

    /// <summary>The same noise for a single month: the variance of the mean of L months of an AR(1) series is g(L) times a month's.</summary>
    public ChanceNoise ForMonth()
    {
        var share = WindowVariance(MonthlyCorrelation, WindowMonths, 0);
        return this with { Factor = Factor / share, Common = Common / share, WindowMonths = 1 };
    }

    /// <summary>Correlation of two periods' chance whose ends lie <paramref name="months"/> apart.</summary>
    public double Correlation(int months) => Correlation(MonthlyCorrelation, WindowMonths, months);

    /// <summary>
    /// Correlation of two means over <paramref name="length"/> months of an AR(1) series, <paramref name="lag"/> months apart:
    /// sum over a, b of rho^|lag + a - b| / sum over a, b of rho^|a - b|. Benefit spells last, so months are not independent, and
    /// neither are neighbouring years.
    /// </summary>
    public static double Correlation(double rho, int length, int lag) =>
        lag == 0 ? 1 : WindowVariance(rho, length, lag) / WindowVariance(rho, length, 0);

    private static double WindowVariance(double rho, int length, int lag)
    {
        var sum = 0.0;
        for (var d = -(length - 1); d <= length - 1; d++)
        {
            sum += (length - Math.Abs(d)) * Math.Pow(rho, Math.Abs(lag + d));
        }

        return sum / (length * (double)length);
    }
}

/// <summary>Searches for the smallest value of a function of one variable.</summary>
internal static class Minimum
{
    /// <summary>The best of a grid of <paramref name="points"/>, refined between its neighbours by golden section.</summary>
    public static double Of(Func<double, double> function, double low, double high, int points = 24, int refinements = 40)
    {
        var best = 0;
        var bestValue = double.PositiveInfinity;
        for (var p = 0; p < points; p++)
        {
            var value = function(At(p));
            if (value < bestValue)
            {
                (best, bestValue) = (p, value);
            }
        }

        var (left, right) = (At(Math.Max(best - 1, 0)), At(Math.Min(best + 1, points - 1)));
        var golden = (Math.Sqrt(5) - 1) / 2;
        var (a, b) = (right - (golden * (right - left)), left + (golden * (right - left)));
        var (fa, fb) = (function(a), function(b));
        for (var step = 0; step < refinements; step++)
        {
            if (fa < fb)
            {
                (right, b, fb) = (b, a, fa);
                a = right - (golden * (right - left));
                fa = function(a);
            }
            else
            {
                (left, a, fa) = (a, b, fb);
                b = left + (golden * (right - left));
                fb = function(b);
            }
        }

        return Math.Min(fa, fb) < bestValue ? (fa < fb ? a : b) : At(best);

        double At(int point) => low + ((high - low) * point / (points - 1));
    }
}
