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

    private readonly Dictionary<string, (double[] YearlyMean, double[] Deviation)> byArea = new(StringComparer.Ordinal);

    public LocalCycles(int seed, IEnumerable<Municipality> municipalities, int years)
    {
        foreach (var area in municipalities.Select(municipality => municipality.CommutingArea).Distinct(StringComparer.Ordinal))
        {
            var stream = new SplitStream(seed, StreamPurpose.CommutingArea, area);
            var level = MeanRate + (LevelStandardDeviation * stream.NextNormal());
            var cycle = CycleStandardDeviation * stream.NextNormal();
            var (mean, deviation) = (new double[years], new double[12 * years]);
            for (var month = 0; month < deviation.Length; month++)
            {
                deviation[month] = level + cycle;
                mean[month / 12] += deviation[month] / 12;
                cycle = (MonthlyPersistence * cycle) + (CycleStandardDeviation * Math.Sqrt(1 - (MonthlyPersistence * MonthlyPersistence)) * stream.NextNormal());
            }

            for (var month = 0; month < deviation.Length; month++)
            {
                deviation[month] -= mean[month / 12];
            }

            byArea.Add(area, (mean, deviation));
        }
    }

    /// <summary>The mean of the year, in per cent.</summary>
    public double EmploymentRate(string area, int year) => byArea[area].YearlyMean[year];

    /// <summary>The month's deviation from the mean of its year, in percentage points.</summary>
    public double Deviation(string area, int month) => byArea[area].Deviation[month];
}
