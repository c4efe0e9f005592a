using Fikspunkt.Domain;

namespace Fikspunkt.Benchmarks.Published;

/// <summary>What the movement between the releases of one outcome says about noise.</summary>
/// <remarks>
/// <para>
/// For releases a year apart, which share no days, the change of a municipality's difference, less the mean change, is
/// squared and freed of its rounding variance: c². Two models are fitted to E(c²), with weights 1 / E(c²)² (quasi-likelihood
/// of a gamma, as squares of normal errors are), so that small municipalities do not decide alone:
/// chance only, phi (v + v'), and 2 a + b (v + v'), a and b not negative, with v = p(1 - p) / n at the expected share p.
/// </para>
/// <para>
/// Releases half a year apart share half of their days. Their changes are not used for a, b and phi; the ratio of the mean c²
/// says what the overlap does: 2 when each half-year is drawn anew, 3 when positions wander as a random walk. Simulated
/// changes at other distances than a year are scaled by that mean, so that the overlap is measured, not assumed.
/// </para>
/// </remarks>
/// <param name="ChanceFactor">phi; NaN without releases a year apart.</param>
/// <param name="Common">a, share squared; NaN without releases a year apart.</param>
/// <param name="SizeFactor">b; NaN without releases a year apart.</param>
/// <param name="MeanSquares">Mean c² by months between the releases.</param>
internal sealed record MovementVariance(double ChanceFactor, double Common, double SizeFactor, IReadOnlyDictionary<int, double> MeanSquares)
{
    private const int Year = 12;
    private const int Iterations = 200;

    /// <summary>Whether releases a year apart were found.</summary>
    public bool Known => double.IsFinite(ChanceFactor);

    /// <summary>Mean c² at a distance; NaN where no two releases lie so far apart.</summary>
    public double MeanSquare(int months) => MeanSquares.GetValueOrDefault(months, double.NaN);

    /// <summary>Mean c² at a distance relative to a year's.</summary>
    public double Scale(int months) => MeanSquare(Year) > 0 ? MeanSquare(months) / MeanSquare(Year) : 1;

    /// <summary>Whole months from the end of one release to the end of another.</summary>
    public static int Months(Period from, Period to) => (12 * (to.LastDay.Year - from.LastDay.Year)) + to.LastDay.Month - from.LastDay.Month;

    /// <summary>Estimates from all pairs of releases of one outcome.</summary>
    public static MovementVariance Estimate(IReadOnlyList<PublishedList> releases)
    {
        var squares = new SortedDictionary<int, List<double>>();
        var yearSquares = new List<double>();
        var yearSizes = new List<double>();
        foreach (var pair in ReleasePair.All(releases))
        {
            var changes = pair.Changes();
            var corrected = SquaredChanges(changes, pair);
            var months = Months(pair.From.Period, pair.To.Period);
            if (!squares.TryGetValue(months, out var list))
            {
                squares[months] = list = [];
            }

            list.AddRange(corrected);
            if (months == Year)
            {
                yearSquares.AddRange(corrected);
                yearSizes.AddRange(pair.Cells.Select(cells => cells.From.BinomialVariance + cells.To.BinomialVariance));
            }
        }

        var means = squares.ToDictionary(entry => entry.Key, entry => entry.Value.Average());
        if (yearSquares.Count == 0)
        {
            return new MovementVariance(double.NaN, double.NaN, double.NaN, means);
        }

        var chance = Math.Max(0, yearSquares.Zip(yearSizes, (square, size) => square / size).Average());
        var (common, factor) = FitTwoParts(yearSquares, yearSizes, chance);
        return new MovementVariance(chance, common / 2, factor, means);
    }

    /// <summary>c²: n / (n - 1) makes good for the mean change being estimated; the expected rounding error is taken off.</summary>
    private static List<double> SquaredChanges(double[] changes, ReleasePair pair)
    {
        var mean = changes.Average();
        var degrees = changes.Length / (changes.Length - 1.0);
        return changes.Zip(pair.Cells, (change, cells) =>
            (degrees * (change - mean) * (change - mean)) - cells.From.RoundingVariance - cells.To.RoundingVariance).ToList();
    }

    /// <summary>
    /// y = a + b x with a, b not negative and weights 1 / (a + b x)², iterated. Where an end is negative the best fit lies on the
    /// edge: b = mean(y / x) without a common part, or a = mean(y) without a part by size.
    /// </summary>
    private static (double Common, double Factor) FitTwoParts(List<double> y, List<double> x, double chance)
    {
        var (a, b) = (0.5 * y.Average(), 0.5 * chance);
        var (lowestA, lowestB) = (1e-6 * Math.Abs(y.Average()), 1e-6 * chance);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
            for (var i = 0; i < y.Count; i++)
            {
                var fitted = Math.Max(a, lowestA) + (Math.Max(b, lowestB) * x[i]);
                var w = 1 / (fitted * fitted);
                (sw, sx, sy, sxx, sxy) = (sw + w, sx + (w * x[i]), sy + (w * y[i]), sxx + (w * x[i] * x[i]), sxy + (w * x[i] * y[i]));
            }

            var determinant = (sw * sxx) - (sx * sx);
            if (!(determinant > 1e-12 * sw * sxx))
            {
                return (0, chance);
            }

            var next = (A: ((sy * sxx) - (sx * sxy)) / determinant, B: ((sw * sxy) - (sx * sy)) / determinant);
            var done = Math.Abs(next.A - a) + (Math.Abs(next.B - b) * x[0]) < 1e-14 * (Math.Abs(a) + Math.Abs(b * x[0]));
            (a, b) = next;
            if (done)
            {
                break;
            }
        }

        return a < 0 || !double.IsFinite(a) ? (0, chance) : b < 0 ? (Math.Max(0, y.Average()), 0) : (a, b);
    }
}

/// <summary>Two releases of one outcome, with the municipalities that both hold.</summary>
internal sealed record ReleasePair(PublishedList From, PublishedList To, IReadOnlyList<(PublishedCell From, PublishedCell To)> Cells)
{
    /// <summary>All pairs of releases, the earlier one first.</summary>
    public static IEnumerable<ReleasePair> All(IReadOnlyList<PublishedList> releases) =>
        from i in Enumerable.Range(0, releases.Count)
        from j in Enumerable.Range(i + 1, releases.Count - i - 1)
        select Of(releases[i], releases[j]);

    /// <summary>Change of the difference, by area.</summary>
    public double[] Changes() => Cells.Select(cells => cells.To.Difference - cells.From.Difference).ToArray();

    /// <summary>Share of the first release's days that the second one also covers.</summary>
    public double Overlap()
    {
        var shared = 1 + NodaTime.Period.Between(To.Period.FirstDay, From.Period.LastDay, NodaTime.PeriodUnits.Days).Days;
        var days = 1 + NodaTime.Period.Between(From.Period.FirstDay, From.Period.LastDay, NodaTime.PeriodUnits.Days).Days;
        return Math.Max(0, (double)shared / days);
    }

    private static ReleasePair Of(PublishedList from, PublishedList to)
    {
        var later = to.Cells.ToDictionary(cell => cell.Area);
        return new ReleasePair(from, to, from.Cells.Where(cell => later.ContainsKey(cell.Area)).Select(cell => (cell, later[cell.Area])).ToList());
    }
}
