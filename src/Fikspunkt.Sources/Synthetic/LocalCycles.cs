using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>Employment in the commuting areas: each has its level and its own slow business cycle.</summary>
/// <remarks>
/// The rate follows an AR(1) from month to month. What is published (and enters the expectation) is the year's mean; the deviation of a
/// month from it has mean zero over the year, so that the expectation of a calendar year is a function of published figures.
/// </remarks>
internal sealed class LocalCycles
{
    private const double MeanRate = 76;
    private const double LevelStandardDeviation = 1.6;
    private const double CycleStandardDeviation = 1.1;
    private const double MonthlyPersistence = 0.97;

    private readonly Dictionary<string, double[]> rateByArea = new(StringComparer.Ordinal);

    public LocalCycles(int seed, IEnumerable<Municipality> municipalities, int years)
    {
        foreach (var area in municipalities.Select(municipality => municipality.CommutingArea).Distinct(StringComparer.Ordinal))
        {
            var stream = new SplitStream(seed, StreamPurpose.CommutingArea, area);
            var level = MeanRate + (LevelStandardDeviation * stream.NextNormal());
            var cycle = CycleStandardDeviation * stream.NextNormal();
            var rates = new double[12 * years];
            for (var month = 0; month < rates.Length; month++)
            {
                rates[month] = level + cycle;
                cycle = (MonthlyPersistence * cycle) + (CycleStandardDeviation * Math.Sqrt(1 - (MonthlyPersistence * MonthlyPersistence)) * stream.NextNormal());
            }

            rateByArea.Add(area, rates);
        }
    }

    /// <summary>The mean of the year, in per cent.</summary>
    public double EmploymentRate(string area, int year) => rateByArea[area].AsSpan(12 * year, 12).ToArray().Average();

    /// <summary>The month's deviation from the mean of its year, in percentage points.</summary>
    public double Deviation(string area, int month) => rateByArea[area][month] - EmploymentRate(area, month / 12);
}
