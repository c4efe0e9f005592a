using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>
/// What stays the same over replications: municipalities, population, framework conditions and the expected shares they lead to.
/// Immutable, so that replications may be drawn from it on several threads.
/// </summary>
/// <remarks>
/// logit(expected share of area i, group g, month t) = national_gt + sum over conditions k of beta_gk (x_ikt - mean_kt)
/// + beta_g,employment (deviation of the month's local employment from its year's mean).
/// beta_gk = <see cref="SyntheticGroup.Effects"/>[k] / <see cref="SyntheticConditions.Scales"/>[k], x = the published figure of the
/// calendar year (log of it for income), mean_kt its population-weighted mean. national_gt is solved so that the national share
/// is the group's level in that month.
/// Positions: area in the order of <see cref="Municipalities"/>, group in the order of <see cref="SyntheticGroup.All"/>, month 0 = January 2015.
/// </remarks>
public sealed class SyntheticStructure
{
    private readonly double[] expectedShare;
    private readonly double[,] population;
    private readonly double[][,] conditions;

    private SyntheticStructure(SyntheticOptions options, IReadOnlyList<Municipality> municipalities)
    {
        (Options, Municipalities) = (options, municipalities);
        var anchorByCode = SyntheticAnchors.Load();
        var anchors = municipalities.Select(municipality => anchorByCode.TryGetValue(municipality.Code, out var anchor)
            ? anchor
            : throw new ArgumentException($"Municipality {municipality.Code} has no anchors in definitions/synthetic/municipalities.csv.", nameof(municipalities))).ToList();
        var years = Years;
        var cycles = new LocalCycles(options.Seed, municipalities, years);
        population = SyntheticConditions.Populations(anchors, years);
        conditions = SyntheticConditions.Draw(options.Seed, municipalities, anchors, years, cycles);
        expectedShare = new double[SyntheticGroup.All.Count * municipalities.Count * options.Months];
        for (var group = 0; group < SyntheticGroup.All.Count; group++)
        {
            Expect(group, cycles);
        }
    }

    /// <summary>The options it was made with.</summary>
    public SyntheticOptions Options { get; }

    /// <summary>The municipalities, in the order given.</summary>
    public IReadOnlyList<Municipality> Municipalities { get; }

    /// <summary>The number of calendar years begun.</summary>
    public int Years => (Options.Months + 11) / 12;

    /// <summary>Makes the structure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <exception cref="ArgumentException">There is no municipality, or one without anchors.</exception>
    public static SyntheticStructure Create(SyntheticOptions options, IReadOnlyList<Municipality> municipalities)
    {
        SyntheticOptions.Validate(options);
        return municipalities.Count > 0
            ? new SyntheticStructure(options, municipalities)
            : throw new ArgumentException("At least one municipality is needed.", nameof(municipalities));
    }

    /// <summary>The calendar month at a position.</summary>
    public static Period Month(int month) => Period.Month(SyntheticOptions.FirstYear + (month / 12), (month % 12) + 1);

    /// <summary>Persons aged 16-66; the figure of 1 January holds for the whole year.</summary>
    public double Population(int area, int month) => population[area, month / 12];

    /// <summary>A framework condition (position in <see cref="SyntheticConditions.Ids"/>) in the calendar year of a month, as published.</summary>
    public double Condition(int condition, int area, int month) => conditions[condition][area, month / 12];

    /// <summary>The share given framework conditions, with no effort and no shifting between groups; one value a month.</summary>
    public ReadOnlySpan<double> ExpectedShares(int group, int area) => expectedShare.AsSpan(Position(group, area), Options.Months);

    /// <summary>One replication. The chance variation comes from <paramref name="seed"/>.</summary>
    /// <param name="seed">Seed of the replication.</param>
    /// <param name="redrawEffort">Whether efforts and practice are drawn anew from <paramref name="seed"/> as well; otherwise they are those of the options' seed.</param>
    public SyntheticDraw Draw(int seed, bool redrawEffort = true) => new(this, seed, redrawEffort ? seed : Options.Seed);

    internal int Position(int group, int area) => ((group * Municipalities.Count) + area) * Options.Months;

    private void Expect(int group, LocalCycles cycles)
    {
        var parameters = SyntheticGroup.All[group];
        var areas = Municipalities.Count;
        var slope = new double[SyntheticConditions.Ids.Count];
        for (var k = 0; k < slope.Length; k++)
        {
            slope[k] = parameters.Effects[k] / SyntheticConditions.Scales[k];
        }

        var fixedPart = new double[areas];
        var predictor = new double[areas];
        for (var month = 0; month < Options.Months; month++)
        {
            if (month % 12 == 0)
            {
                FixedPart(month, slope, fixedPart);
            }

            for (var area = 0; area < areas; area++)
            {
                predictor[area] = fixedPart[area] + (slope[SyntheticConditions.Employment] * cycles.Deviation(Municipalities[area].CommutingArea, month));
            }

            var intercept = Intercept(NationalLevels.Share(parameters, month), predictor, month);
            for (var area = 0; area < areas; area++)
            {
                expectedShare[Position(group, area) + month] = Expit(intercept + predictor[area]);
            }
        }
    }

    private void FixedPart(int month, double[] slope, double[] fixedPart)
    {
        Array.Clear(fixedPart);
        for (var k = 0; k < slope.Length; k++)
        {
            double sum = 0, weight = 0;
            for (var area = 0; area < fixedPart.Length; area++)
            {
                sum += Population(area, month) * SyntheticConditions.Transformed(k, Condition(k, area, month));
                weight += Population(area, month);
            }

            for (var area = 0; area < fixedPart.Length; area++)
            {
                fixedPart[area] += slope[k] * (SyntheticConditions.Transformed(k, Condition(k, area, month)) - (sum / weight));
            }
        }
    }

    /// <summary>Newton's method for the intercept at which the population-weighted mean share is the national one.</summary>
    private double Intercept(double share, double[] predictor, int month)
    {
        const int Iterations = 6; // From the logit of the share, four give full precision.
        var intercept = Math.Log(share / (1 - share));
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            double excess = 0, derivative = 0;
            for (var area = 0; area < predictor.Length; area++)
            {
                var p = Expit(intercept + predictor[area]);
                excess += Population(area, month) * (p - share);
                derivative += Population(area, month) * p * (1 - p);
            }

            intercept -= excess / derivative;
        }

        return intercept;
    }

    private static double Expit(double x) => 1 / (1 + Math.Exp(-x));
}
