using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Synthetic;

/// <summary>What a jobcentre spent in a calendar year, and the truth behind it. Money in mio. kr of the year, persons as full-time persons.</summary>
/// <param name="Area">Municipality code; each municipality has its own jobcentre here.</param>
/// <param name="Year">Calendar year.</param>
/// <param name="Administration">Case work and administration.</param>
/// <param name="Activation">Activation.</param>
/// <param name="MentorEmploymentAct">Mentor and support booked under the Employment Act.</param>
/// <param name="SupportServiceAct">The same kind of support booked under the Service Act: outside the employment area's accounts.</param>
/// <param name="LongTermSupported">Persons supported for long.</param>
/// <param name="CompanyEffort">Those of them who are given a company-based effort.</param>
/// <param name="TruePersons">True persons on the benefits of <see cref="SyntheticJobcentres.Results"/>: without chance.</param>
/// <param name="TrueResults">Expected over true persons, one for each of <see cref="SyntheticJobcentres.Results"/>; above 1 = fewer than expected.</param>
/// <param name="TrueEfficiency">What the same results and effort cost at least, over what was spent: exp(-u).</param>
/// <param name="TruePotentialPersons">How many fewer on benefits the same money would give at the frontier, results in the same proportions and the effort unchanged.</param>
public sealed record SyntheticJobcentre(
    string Area,
    int Year,
    double Administration,
    double Activation,
    double MentorEmploymentAct,
    double SupportServiceAct,
    double LongTermSupported,
    double CompanyEffort,
    double TruePersons,
    IReadOnlyList<double> TrueResults,
    double TrueEfficiency,
    double TruePotentialPersons)
{
    /// <summary>Everything that was spent, under whatever act.</summary>
    public double Total => Administration + Activation + MentorEmploymentAct + SupportServiceAct;

    /// <summary>What could be saved at the frontier, mio. kr.</summary>
    public double TruePotential => Total * (1 - TrueEfficiency);
}

/// <summary>Expenditure and the effort for the weakest in the synthetic Denmark, made from the true results so that efficiency is known.</summary>
/// <remarks>
/// With M expected full-time persons, true results y_g = expected / true persons of each kind of benefit, and P persons given a company-based effort:
/// spent = price level of the year x (K M sum over g of w_g y_g^4 + C P) x exp(u), u half-normal, lasting and known. Costs are convex in results and effort,
/// so the frontier is one that DEA with variable returns can find. All of it is spent, but a part of the mentor and support that differs
/// from place to place is booked under the Service Act: whoever looks at the employment area's accounts alone misses it.
/// Streams are keyed by seed, municipality and part; nothing else in the synthetic Denmark depends on them.
/// </remarks>
public static class SyntheticJobcentres
{
    /// <summary>Indicator ids of the expenditure, in mio. kr.</summary>
    public const string Administration = "jobcentre_administration_expenditure";

    /// <inheritdoc cref="Administration"/>
    public const string Activation = "activation_expenditure";

    /// <inheritdoc cref="Administration"/>
    public const string MentorEmploymentAct = "mentor_employment_act_expenditure";

    /// <inheritdoc cref="Administration"/>
    public const string SupportServiceAct = "support_service_act_expenditure";

    /// <summary>Indicator id of the persons supported for long.</summary>
    public const string LongTermSupported = "long_term_supported_persons";

    /// <summary>Indicator id of those of them who are given a company-based effort.</summary>
    public const string CompanyEffort = "company_effort_weakest_persons";

    /// <summary>kr per expected full-time person at the frontier where results are as expected, prices of 2024.</summary>
    internal const double CostPerExpected = 40_000;

    /// <summary>kr per person given a company-based effort.</summary>
    internal const double CostPerEffort = 40_000;

    /// <summary>How fast results become dearer: ten per cent fewer than expected cost about half as much again.</summary>
    internal const double Elasticity = 4;

    private const double PriceGrowth = 1.02;
    private const int PriceYear = 2024;

    /// <summary>Standard deviation of the normal variable whose absolute value is u: on average 13 per cent could be saved.</summary>
    private const double Inefficiency = 0.18;

    private static readonly double[] Weights = [0.35, 0.35, 0.30];

    /// <summary>The kinds of benefit whose results the money buys, each a list of benefit group ids.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Results { get; } =
    [
        ["a-dagpenge"],
        ["kontanthjaelp", "uddannelseshjaelp", "selvforsoergelses-og-hjemrejseydelse", "revalidering"],
        ["sygedagpenge", "jobafklaringsforloeb"],
    ];

    private static readonly int[][] ResultGroups = [.. Results.Select(SyntheticYear.Places)];

    /// <summary>Every municipality's jobcentre in one calendar year, in the order of the structure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The panel does not hold the whole year.</exception>
    public static IReadOnlyList<SyntheticJobcentre> Of(SyntheticDraw draw, int year) => SyntheticYear.Of(draw, year, (area, first) => Of(draw, area, year, first));

    /// <summary>The cells of every whole calendar year, as a source would publish them; small counts hidden.</summary>
    internal static IEnumerable<Observation> Observe(SyntheticDraw draw) =>
        from year in SyntheticYear.Whole(draw)
        from jobcentre in Of(draw, year)
        from cell in new[]
        {
            (Administration, jobcentre.Administration),
            (Activation, jobcentre.Activation),
            (MentorEmploymentAct, jobcentre.MentorEmploymentAct),
            (SupportServiceAct, jobcentre.SupportServiceAct),
            (LongTermSupported, jobcentre.LongTermSupported),
            (CompanyEffort, jobcentre.CompanyEffort),
        }
        select Cell(jobcentre, cell.Item1, cell.Item2);

    private static Observation Cell(SyntheticJobcentre jobcentre, string indicator, double value) => value == 0 || indicator is LongTermSupported or CompanyEffort
        ? SyntheticYear.Count(jobcentre.Area, jobcentre.Year, indicator, value)
        : SyntheticYear.Cell(jobcentre.Area, jobcentre.Year, indicator, value, ObservationStatus.Ok);

    private static SyntheticJobcentre Of(SyntheticDraw draw, int area, int year, int first)
    {
        var structure = draw.Structure;
        var code = structure.Municipalities[area].Code;
        var lasting = new SplitStream(structure.Options.Seed, StreamPurpose.Jobcentre, code);
        var inefficiency = Inefficiency * Math.Abs(lasting.NextNormal());
        var effortShare = Math.Clamp(0.25 + (0.08 * lasting.NextNormal()), 0.05, 0.5);
        var longTermShare = Math.Clamp(0.30 + (0.04 * lasting.NextNormal()), 0.15, 0.45);
        var supportShare = Math.Clamp(0.22 + (0.04 * lasting.NextNormal()), 0.08, 0.36);
        var activationShare = Math.Clamp(0.36 + (0.04 * lasting.NextNormal()), 0.20, 0.52);
        var elsewhere = 0.1 + (0.8 * lasting.NextDouble());
        var yearly = new SplitStream(structure.Options.Seed, StreamPurpose.Jobcentre, code, year);

        var population = SyntheticYear.Population(structure, area, first);
        var results = new double[Results.Count];
        double expected = 0, persons = 0, dearness = 0;
        for (var kind = 0; kind < results.Length; kind++)
        {
            var (expectedOfKind, trueOfKind) = (0.0, 0.0);
            foreach (var group in ResultGroups[kind])
            {
                expectedOfKind += population * draw.ExpectedShare(group, area, first, 12);
                trueOfKind += population * draw.TrueShare(group, area, first, 12);
            }

            results[kind] = expectedOfKind / trueOfKind;
            (expected, persons) = (expected + expectedOfKind, persons + trueOfKind);
            dearness += Weights[kind] * Math.Pow(results[kind], Elasticity);
        }

        var longTerm = Math.Round(longTermShare * expected);
        var effort = Math.Round(Math.Clamp(effortShare + (0.02 * yearly.NextNormal()), 0, 1) * longTerm);
        var least = ((CostPerExpected * expected * dearness) + (CostPerEffort * effort)) / 1e6;
        var total = least * Math.Exp(inefficiency) * Math.Pow(PriceGrowth, year - PriceYear);
        var support = Thousands(total * supportShare * (1 + (0.05 * Math.Tanh(yearly.NextNormal()))));
        var serviceAct = Thousands(support * elsewhere);
        var activation = Thousands(total * activationShare);

        // What is left over pays administration, so that the parts add up to what was spent, to the rounding of the accounts.
        var administration = Thousands(total - support - activation);
        var reach = Math.Pow(((least * Math.Exp(inefficiency)) - (CostPerEffort * effort / 1e6)) / (CostPerExpected * expected * dearness / 1e6), 1 / Elasticity);
        return new SyntheticJobcentre(
            code, year, administration, activation, Thousands(support - serviceAct), serviceAct, longTerm, effort,
            persons, results, Math.Exp(-inefficiency), persons * (1 - (1 / reach)));
    }

    /// <summary>Accounts are in whole thousands of kr.</summary>
    private static double Thousands(double millions) => Math.Round(millions, 3);
}
