namespace Fikspunkt.Sources.Synthetic;

/// <summary>The national share of a group month by month: level, season, business cycle and reforms.</summary>
internal static class NationalLevels
{
    // Index of the national business cycle by month from January 2015: 1 = a deep downturn. Between the points it is linear.
    private static readonly (int Month, double Index)[] Cycle =
    [
        (0, 0.25), (24, 0.0), (54, -0.25), (61, -0.2), (63, 0.9), (67, 0.75), (72, 0.8), (79, 0.1), (88, -0.5), (100, -0.3), (119, 0.0),
    ];

    /// <summary>The share of the population aged 16-66 in month <paramref name="month"/> (0 = January 2015), as a fraction.</summary>
    public static double Share(SyntheticGroup group, int month)
    {
        var year = Math.Min(month / 12, group.Levels.Count - 1);
        var next = Math.Min(year + 1, group.Levels.Count - 1);
        var within = year == next ? 0 : (month % 12) / 12.0;
        var log = ((1 - within) * Math.Log(group.Levels[year] / 100)) + (within * Math.Log(group.Levels[next] / 100));
        log += group.SeasonAmplitude * Math.Cos(2 * Math.PI * ((month % 12) + 1 - group.SeasonPeak) / 12);
        log += group.CycleLoading * CycleIndex(month);
        foreach (var reform in group.Reforms)
        {
            if (month >= (12 * (reform.Year - SyntheticOptions.FirstYear)) + reform.Month - 1)
            {
                log += reform.LogStep;
            }
        }

        return Math.Exp(log);
    }

    private static double CycleIndex(int month)
    {
        for (var i = 1; i < Cycle.Length; i++)
        {
            if (month <= Cycle[i].Month)
            {
                var (start, from) = Cycle[i - 1];
                var (end, to) = Cycle[i];
                return from + ((to - from) * (month - start) / (end - start));
            }
        }

        return Cycle[^1].Index;
    }
}
