namespace Fikspunkt.Sources.Synthetic;

/// <summary>The parameters of one benefit group of the synthetic Denmark.</summary>
/// <param name="Id">Benefit group id.</param>
/// <param name="Levels">National level in per cent of the population aged 16-66 on 1 January of each year from 2015; between them log-linear, after the last constant.</param>
/// <param name="SeasonAmplitude">Log amplitude of the yearly wave.</param>
/// <param name="SeasonPeak">Month (1-12) of its top.</param>
/// <param name="CycleLoading">Log change at one unit of the national business cycle index.</param>
/// <param name="Reforms">Dated steps in the level.</param>
/// <param name="Effects">Log odds of one standard deviation of each framework condition, in the order of <see cref="SyntheticConditions.Ids"/>.</param>
/// <param name="EffortLoading">How much a municipality's effort moves the group: 1 = in full, 0 = not at all.</param>
/// <param name="Overdispersion">Variance of the monthly number of persons over the binomial one.</param>
/// <param name="Persistence">Correlation of chance from one month to the next; high where spells are long.</param>
public sealed record SyntheticGroup(
    string Id,
    IReadOnlyList<double> Levels,
    double SeasonAmplitude,
    int SeasonPeak,
    double CycleLoading,
    IReadOnlyList<SyntheticReform> Reforms,
    IReadOnlyList<double> Effects,
    double EffortLoading,
    double Overdispersion,
    double Persistence)
{
    /// <summary>The 12 groups. Levels are plausible, not published figures; <c>docs/methods/synthetic-denmark.md</c> explains each column.</summary>
    public static IReadOnlyList<SyntheticGroup> All { get; } =
    [
        new("a-dagpenge", [2.30, 2.15, 2.10, 2.00, 1.95, 1.95, 2.10, 1.75, 1.75, 1.85, 1.90],
            0.09, 1, 0.22, [new("dagpengereform-2017", 2017, 1, -0.02), new("dimittend-2023", 2023, 5, -0.03)],
            [0.04, 0.07, 0.03, 0.02, 0.06, -0.05, -0.09, -0.02], 1, 1.4, 0.88),
        new("kontanthjaelp", [2.15, 2.10, 2.05, 1.90, 1.75, 1.65, 1.65, 1.50, 1.42, 1.38, 1.36],
            0.02, 2, 0.07, [new("integrationsydelse-2015", 2015, 9, -0.02), new("kontanthjaelpsloft-2016", 2016, 10, -0.04)],
            [0.11, 0.20, -0.03, 0.13, 0.10, -0.10, -0.08, -0.05], 1, 1.5, 0.94),
        new("uddannelseshjaelp", [1.20, 1.15, 1.05, 0.98, 0.90, 0.85, 0.85, 0.78, 0.74, 0.74, 0.75],
            0.06, 5, 0.07, [new("integrationsydelse-2015", 2015, 9, -0.02)], [0.13, 0.06, -0.10, 0.13, 0.10, -0.08, -0.06, -0.03], 1, 1.3, 0.91),
        new("selvforsoergelses-og-hjemrejseydelse", [0.26, 0.42, 0.45, 0.36, 0.28, 0.22, 0.18, 0.16, 0.26, 0.24, 0.22],
            0.01, 3, 0.03, [new("integrationsydelse-2015", 2015, 9, 0.08), new("ukraine-2022", 2022, 4, 0.35)],
            [0.05, 0.30, -0.02, 0.05, 0.03, -0.05, -0.06, -0.05], 1, 1.8, 0.94),
        new("sygedagpenge", [1.68, 1.68, 1.68, 1.70, 1.70, 1.70, 1.72, 1.85, 1.80, 1.75, 1.75],
            0.06, 2, -0.02, [], [0.08, 0.00, 0.04, 0.09, 0.00, 0.02, -0.01, -0.02], 1, 1.3, 0.84),
        new("jobafklaringsforloeb", [0.22, 0.36, 0.42, 0.45, 0.45, 0.43, 0.42, 0.44, 0.46, 0.47, 0.47],
            0.02, 3, 0.01, [], [0.09, 0.03, 0.04, 0.12, 0.02, -0.02, -0.04, -0.02], 1, 1.2, 0.93),
        new("ressourceforloeb", [0.30, 0.45, 0.55, 0.62, 0.66, 0.62, 0.55, 0.47, 0.42, 0.40, 0.39],
            0.01, 3, 0.02, [], [0.13, 0.08, -0.05, 0.17, 0.08, -0.08, -0.07, -0.04], 1, 1.2, 0.94),
        new("revalidering", [0.13, 0.11, 0.10, 0.08, 0.07, 0.06, 0.05, 0.05, 0.045, 0.045, 0.045],
            0.04, 10, 0.00, [], [0.05, -0.05, 0.02, 0.08, -0.02, 0.03, -0.03, 0.00], 1, 1.1, 0.93),
        new("ledighedsydelse", [0.46, 0.44, 0.42, 0.40, 0.38, 0.35, 0.33, 0.30, 0.29, 0.29, 0.29],
            0.02, 1, 0.05, [], [0.12, -0.03, 0.08, 0.15, 0.05, -0.02, -0.08, -0.03], 1, 1.2, 0.92),
        new("fleksjob", [1.65, 1.75, 1.85, 1.97, 2.10, 2.20, 2.30, 2.42, 2.55, 2.65, 2.72],
            0.00, 1, -0.02, [], [0.13, -0.10, 0.12, 0.13, 0.00, 0.05, 0.02, -0.04], 0.6, 1.2, 0.96),
        new("foertidspension", [6.25, 6.00, 5.85, 5.80, 5.85, 5.95, 6.00, 6.05, 6.10, 6.15, 6.20],
            0.00, 1, 0.00, [], [0.14, 0.04, 0.10, 0.16, 0.12, -0.05, -0.06, -0.04], 0.3, 1.2, 0.96),
        new("tidlig-pension", [1.55, 1.35, 1.10, 0.90, 0.75, 0.62, 0.52, 0.42, 0.42, 0.40, 0.38],
            0.00, 1, 0.00, [new("tidlig-pension-2022", 2022, 1, 0.35)], [0.13, -0.18, 0.26, 0.04, -0.05, 0.06, -0.03, -0.04], 0.1, 1.1, 0.95),
    ];
}

/// <summary>A reform: from its first full month on the level is another.</summary>
/// <param name="Id">The reform in the ledger of breaks (<c>definitions/breaks.yaml</c>); how large its step is, is made up.</param>
/// <param name="Year">Year of the first full month.</param>
/// <param name="Month">The first full month, 1-12.</param>
/// <param name="LogStep">Log of the factor on the level.</param>
public sealed record SyntheticReform(string Id, int Year, int Month, double LogStep);

/// <summary>
/// Two groups between which practice moves people (communicating vessels): a municipality that moves the share m of the expected
/// persons in <paramref name="From"/> has m fewer there and <paramref name="Kept"/> times as many persons more in <paramref name="To"/>.
/// </summary>
/// <param name="From">Benefit group id.</param>
/// <param name="To">Benefit group id.</param>
/// <param name="StandardDeviation">Of m over municipalities, with mean 0; minus moves the other way.</param>
/// <param name="Kept">1 = the sum over both groups is unchanged; below 1 = some of those moved leave benefits.</param>
public sealed record SyntheticVessel(string From, string To, double StandardDeviation, double Kept)
{
    /// <summary>The vessels of the synthetic Denmark.</summary>
    public static IReadOnlyList<SyntheticVessel> All { get; } =
    [
        new("kontanthjaelp", "ressourceforloeb", 0.05, 0.9),
        new("kontanthjaelp", "foertidspension", 0.02, 1.0),
        new("ressourceforloeb", "foertidspension", 0.05, 1.0),
        new("sygedagpenge", "jobafklaringsforloeb", 0.05, 0.8),
        new("ledighedsydelse", "fleksjob", 0.15, 1.0),
    ];
}

/// <summary>How true efforts are drawn. An effort of -0.10 is 10 per cent fewer persons than expected in a group with loading 1.</summary>
public static class SyntheticEffort
{
    /// <summary>Standard deviation over municipalities of the part that all groups share.</summary>
    public const double CommonStandardDeviation = 0.02;

    /// <summary>Standard deviation of the part that belongs to one group (before the loading).</summary>
    public const double GroupStandardDeviation = 0.04;

    /// <summary>What a truly good municipality has on top, in all groups; a truly poor one has as much the other way.</summary>
    public const double Outstanding = -0.12;

    /// <summary>One municipality in so many is made truly good by lot, and as many truly poor: 5 and 5 of 98.</summary>
    public const int OneInSoMany = 20;
}
