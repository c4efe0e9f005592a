using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>The framework conditions of the synthetic Denmark: one figure a year, rounded as published.</summary>
public static class SyntheticConditions
{
    /// <summary>Indicator ids, in the order of <see cref="SyntheticGroup.Effects"/>.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        "low_education_pct",
        "non_western_origin_pct",
        "age_50_66_pct",
        "poor_health_pct",
        "one_person_household_share_pct",
        "owner_occupied_dwelling_share_pct",
        "commuting_area_employment_pct",
        "disposable_income",
    ];

    /// <summary>The standard deviation that the effects are stated for, in the condition's unit; for income in log kr, because it acts by its logarithm.</summary>
    public static IReadOnlyList<double> Scales { get; } = [5, 5, 4.5, 3.2, 5, 12, 2, 0.15];

    /// <summary>Position of the income among <see cref="Ids"/>.</summary>
    internal const int Income = 7;

    /// <summary>Position of the commuting area's employment among <see cref="Ids"/>.</summary>
    internal const int Employment = 6;

    private static readonly int[] Decimals = [1, 1, 1, 1, 1, 1, 2, -2];

    // Change a year over the whole country: more education and diversity, an older working-age population, higher incomes (factor).
    private static readonly double[] Drift = [-0.35, 0.25, 0.10, 0.12, 0.12, -0.25, 0.15, 1.022];

    // What separates municipalities of the same setting and scores, as standard deviation of the level and of the yearly step.
    private static readonly double[] LevelNoise = [1.5, 0.8, 1.2, 1.0, 1.6, 3.5, 0.0, 0.035];
    private static readonly double[] YearlyNoise = [0.12, 0.10, 0.12, 0.12, 0.12, 0.20, 0.0, 0.004];

    // Level in 2015 by setting, in the order of Ids (employment comes from the commuting area), then population growth a year.
    private static readonly Dictionary<string, double[]> Settings = new(StringComparer.Ordinal)
    {
        ["capital"] = [17, 11.0, 25, 15.0, 47, 25, 0, 218_000, 0.011],
        ["city"] = [20, 8.5, 28, 16.0, 43, 43, 0, 203_000, 0.008],
        ["suburb"] = [25, 14.0, 33, 16.5, 36, 44, 0, 215_000, 0.007],
        ["affluent"] = [15, 6.0, 37, 12.5, 29, 66, 0, 285_000, 0.004],
        ["commuter"] = [22, 5.5, 36, 14.5, 32, 66, 0, 235_000, 0.006],
        ["middle"] = [25, 6.5, 33, 16.5, 37, 58, 0, 211_000, 0.004],
        ["town"] = [27, 5.0, 36, 17.5, 36, 62, 0, 207_000, 0.000],
        ["rural"] = [28, 4.0, 38, 17.5, 34, 71, 0, 203_000, -0.003],
        ["outer"] = [31, 4.0, 42, 20.0, 40, 68, 0, 192_000, -0.008],
        ["island"] = [27, 3.0, 45, 17.5, 42, 70, 0, 190_000, -0.006],
    };

    /// <summary>Population aged 16-66 by municipality and year; it holds from 1 January for the whole year.</summary>
    internal static double[,] Populations(IReadOnlyList<SyntheticAnchors> anchors, int years)
    {
        var population = new double[anchors.Count, years];
        for (var i = 0; i < anchors.Count; i++)
        {
            for (var year = 0; year < years; year++)
            {
                // The anchors are of 2023; the capital and its suburbs grow, the outer districts shrink.
                var growth = Math.Exp(Settings[anchors[i].Setting][^1] * (SyntheticOptions.FirstYear + year - 2023));
                population[i, year] = Math.Round(anchors[i].Population * growth);
            }
        }

        return population;
    }

    /// <summary>The figures [condition][municipality, year].</summary>
    internal static double[][,] Draw(int seed, IReadOnlyList<Municipality> municipalities, IReadOnlyList<SyntheticAnchors> anchors, int years, LocalCycles cycles)
    {
        var figures = Ids.Select(_ => new double[municipalities.Count, years]).ToArray();
        for (var i = 0; i < municipalities.Count; i++)
        {
            var anchor = anchors[i];
            for (var k = 0; k < Ids.Count; k++)
            {
                var stream = new SplitStream(seed, StreamPurpose.Conditions, anchor.Code, k);
                var wander = LevelNoise[k] * stream.NextNormal();
                for (var year = 0; year < years; year++)
                {
                    var exact = k switch
                    {
                        Employment => cycles.EmploymentRate(municipalities[i].CommutingArea, year) + (Drift[k] * year),
                        Income => Level(anchor, k) * Math.Exp(wander) * Math.Pow(Drift[k], year),
                        _ => Level(anchor, k) + wander + (Drift[k] * year),
                    };
                    figures[k][i, year] = Published(exact, k);
                    wander += YearlyNoise[k] * stream.NextNormal();
                }
            }
        }

        return figures;
    }

    /// <summary>The value on the scale it acts on: log for income.</summary>
    internal static double Transformed(int condition, double value) => condition == Income ? Math.Log(value) : value;

    private static double Level(SyntheticAnchors anchor, int condition)
    {
        var level = Settings[anchor.Setting][condition];
        return condition switch
        {
            0 => level - (1.8 * anchor.Affluence) + (0.4 * anchor.Diversity),
            1 => level * (1 + (0.42 * anchor.Diversity)),
            2 => level - (0.6 * anchor.Diversity),
            3 => level - (1.3 * anchor.Affluence) + (0.3 * anchor.Diversity),
            4 => level - (1.2 * anchor.Affluence),
            5 => level + (3.5 * anchor.Affluence) - (3 * anchor.Diversity),
            _ => level * Math.Exp(0.065 * anchor.Affluence),
        };
    }

    private static double Published(double exact, int condition) => Decimals[condition] < 0
        ? Math.Round(exact / 100) * 100
        : Math.Round(Math.Max(exact, 0.5), Decimals[condition]);
}
