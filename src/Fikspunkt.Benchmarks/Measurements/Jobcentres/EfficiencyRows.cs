using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Statistics;
using Fikspunkt.Statistics.Frontiers;
using Fikspunkt.Statistics.Numerics;
using Fikspunkt.Statistics.Ranks;

namespace Fikspunkt.Benchmarks.Measurements.Jobcentres;

/// <summary>What a row of the table of potentials is.</summary>
internal enum RowRole
{
    /// <summary>The analysis as made.</summary>
    Headline,

    /// <summary>One of its own variants.</summary>
    Variant,

    /// <summary>An objection of KL's, as a calculation.</summary>
    Objection,

    /// <summary>All objections that can be met at the same time.</summary>
    Together,

    /// <summary>A check of what the figures can bear.</summary>
    Check,
}

/// <summary>A potential: as measured, with the frontier's bias taken out, and its interval. NaN where it is not computed.</summary>
internal sealed record Amount(double Measured, double Corrected, double Lower, double Upper)
{
    public static readonly Amount None = new(double.NaN, double.NaN, double.NaN, double.NaN);

    public static Amount Of(UncertainDistance distance) => new(distance.Measured.Total, distance.Total, distance.Interval.Lower, distance.Interval.Upper);
}

/// <summary>One row: the national potential under some choices, and who moves.</summary>
/// <param name="Id">Id.</param>
/// <param name="Role">What it is.</param>
/// <param name="Name">Name.</param>
/// <param name="Persons">Fewer persons for the same money.</param>
/// <param name="Money">Less money for the same persons, kr.</param>
/// <param name="Distance">Each jobcentre's distance, in persons where that is computed; <see langword="null"/> where it is none to a frontier.</param>
/// <param name="WithoutPotential">Jobcentres without potential.</param>
/// <param name="ChangedClass">Jobcentres that are in another quarter (best, middle half, worst) than in the analysis as made.</param>
/// <param name="RankCorrelation">Spearman's, with the analysis as made.</param>
internal sealed record PotentialRow(
    string Id, RowRole Role, LocalizedText Name, Amount Persons, Amount Money, FrontierDistance? Distance, int? WithoutPotential, int? ChangedClass, double RankCorrelation);

/// <summary>What comparing with the best gives at least and at most, over ways of calculating.</summary>
/// <param name="Least">The least: against the best of m at random, or with every objection met that can be and chance taken out.</param>
/// <param name="LeastRow">Which of the two that is.</param>
/// <param name="Most">The most: the analysis as made. The other variants ask other questions.</param>
internal sealed record PotentialRange(double Least, PotentialRow LeastRow, double Most)
{
    public static PotentialRange Of(EfficiencyRows rows, Func<PotentialRow, Amount> amount)
    {
        var least = rows.Rows.Where(row => row.Id is "order-m" or "together-chance-taken-out").MinBy(row => amount(row).Measured)!;
        return new PotentialRange(amount(least).Measured, least, amount(rows.Rows[0]).Measured);
    }
}

/// <summary>What leaving out one of those who draw the frontier does.</summary>
internal sealed record InfluenceRow(int Unit, int Affected, double Persons, double Money, FrontierDistance Distance);

/// <summary>Computes the rows.</summary>
internal sealed class EfficiencyRows
{
    private readonly JobcentreFigures figures;
    private readonly MeasurementSpec spec;
    private readonly long seed;

    public EfficiencyRows(MeasurementSpec spec, JobcentreFigures figures)
    {
        (this.spec, this.figures) = (spec, figures);
        seed = (long)spec.Number("seed");
        var replications = (int)spec.Number("replications");
        Variant = Make("as-made", new("Analysen, som den er lavet", "The analysis as made"), new FrontierChoices());
        InPersons = UncertainDistance.Of(Variant, FrontierOrientation.Output, replications, seed);
        InMoney = UncertainDistance.Of(Variant, FrontierOrientation.Input, replications, seed);
        var careful = Make("chance-taken-out", new("Tilfældigheder trukket ud af resultaterne", "Chance taken out of the results"), new FrontierChoices { Shrunken = true });
        CarefulPersons = UncertainDistance.Of(careful, FrontierOrientation.Output, replications, seed);
        CarefulMoney = UncertainDistance.Of(careful, FrontierOrientation.Input, replications, seed);
        Influence = LeaveOneOut();
        Rows = [.. All()];
    }

    /// <summary>The analysis as made.</summary>
    public FrontierVariant Variant { get; }

    /// <summary>Fewer persons for the same money.</summary>
    public UncertainDistance InPersons { get; }

    /// <summary>Less money for the same persons.</summary>
    public UncertainDistance InMoney { get; }

    /// <summary>Fewer persons for the same money, with chance taken out of the results: what positions and intervals rest on. A frontier drawn by results as counted
    /// goes through those that chance has lifted, and its intervals miss the truth to one side.</summary>
    public UncertainDistance CarefulPersons { get; }

    /// <summary>Less money for the same persons, with chance taken out of the results.</summary>
    public UncertainDistance CarefulMoney { get; }

    /// <summary>Those who draw the frontier, the one with most influence on the persons first.</summary>
    public IReadOnlyList<InfluenceRow> Influence { get; }

    /// <summary>The rows, the analysis as made first.</summary>
    public IReadOnlyList<PotentialRow> Rows { get; }

    /// <summary>The part that ignores expenditure.</summary>
    public PotentialRow WithoutSpending => Rows.First(row => row.Id == "without-expenditure");

    private IEnumerable<PotentialRow> All()
    {
        yield return new("as-made", RowRole.Headline, Variant.Name, Amount.Of(InPersons), Amount.Of(InMoney), InPersons.Measured, InPersons.Measured.WithoutPotential, null, 1);
        yield return Frontier("constant-returns", RowRole.Variant, new("Konstant skalaafkast", "Constant returns to scale"), new FrontierChoices { Returns = ReturnsToScale.Constant });
        yield return Frontier("per-full-time-unemployed", RowRole.Variant, new("Udgift pr. fuldtidsledig", "Spend per full-time unemployed"), new FrontierChoices { Per = SpendingPer.Actual });
        yield return Frontier("per-inhabitant", RowRole.Variant, new("Udgift pr. indbygger", "Spend per inhabitant"), new FrontierChoices { Per = SpendingPer.Inhabitant });
        yield return Frontier("environment", RowRole.Variant, new("Med omgivelsesvariabel", "With an environment variable"), new FrontierChoices { Environment = true });
        yield return Frontier("without-expenditure", RowRole.Variant, new("Uden udgifter: resultaterne alene", "Without expenditure: the results alone"), new FrontierChoices { IgnoresSpending = true });
        yield return Frontier("one-result", RowRole.Variant, new("Alle ydelser lagt sammen til ét resultat", "All benefits added up to one result"), new FrontierChoices { OneResult = true });
        yield return Frontier("further-benefits", RowRole.Variant, new("Også de øvrige ydelser som resultat", "The other benefits as a result too"), new FrontierChoices { Further = true });
        foreach (var share in spec.Numbers("moved"))
        {
            var id = FormattableString.Invariant($"moved-{share}");
            yield return Frontier(id, RowRole.Objection, new($"{share:0} pct. af støtten efter serviceloven talt med", $"{share:0} per cent of the support under the Service Act counted"), new FrontierChoices { Moved = share / 100 });
        }

        yield return Frontier("weakest", RowRole.Objection, new("Indsatsen for de svageste som resultat", "The effort for the weakest as an output"), new FrontierChoices { Weakest = true });
        if (Influence.Count > 0)
        {
            yield return Plain("without-one-best", RowRole.Objection, new("Uden den ene bedste, der betyder mest", "Without the one best performer that matters most"), Influence[0].Persons, Influence.Min(row => row.Money), Influence[0].Distance);
        }

        yield return OwnExpectation("own-expectation", RowRole.Objection, new("Egen forventning i stedet for de bedste", "Own expectation instead of the best"), onlyClear: false);
        var together = new FrontierChoices { Moved = spec.Numbers("moved").Max() / 100, Weakest = true };
        int? without = Influence.Count > 0 ? Influence[0].Unit : null;
        yield return Frontier("together", RowRole.Together, new("Støtte talt med, de svageste som resultat og uden den ene bedste, på én gang", "Support counted, the weakest as an output and without the one best performer, at once"), together, without);
        yield return Frontier("together-chance-taken-out", RowRole.Check, new("Det samme, med tilfældigheder trukket ud af resultaterne", "The same, with chance taken out of the results"), together with { Shrunken = true }, without);
        yield return Compared("chance-taken-out", RowRole.Check, new("Tilfældigheder trukket ud af resultaterne", "Chance taken out of the results"), Amount.Of(CarefulPersons), Amount.Of(CarefulMoney), CarefulPersons.Measured, CarefulMoney.Measured);
        yield return OwnExpectation("own-expectation-clear", RowRole.Check, new("Egen forventning, kun hvad der ligger ud over tilfældigheder", "Own expectation, only what is beyond chance"), onlyClear: true);
        yield return Partial("order-m", new("Mod de bedste af tilfældige m (order-m)", "Against the best of m at random (order-m)"), options => PartialFrontier.OrderM(Variant.Inputs, Variant.Outputs, (int)spec.Number("order_m"), options));
        yield return Partial("order-alpha", new("Mod næsten de bedste (order-alpha)", "Against almost the best (order-alpha)"), options => PartialFrontier.OrderAlpha(Variant.Inputs, Variant.Outputs, spec.Number("order_alpha"), options));
        yield return ChanceAlone();
    }

    private FrontierVariant Make(string id, LocalizedText name, FrontierChoices choices) => FrontierVariant.Of(id, name, figures, choices);

    /// <summary>A row with another frontier; <paramref name="without"/> names a jobcentre that is neither measured nor a yardstick.</summary>
    private PotentialRow Frontier(string id, RowRole role, LocalizedText name, FrontierChoices choices, int? without = null)
    {
        var variant = Make(id, name, choices);
        variant = without is { } unit ? variant.Without(unit) : variant;
        var replications = (int)spec.Number("row_replications");
        var persons = variant.GivesPersons ? UncertainDistance.Of(variant, FrontierOrientation.Output, replications, seed) : null;
        var money = variant.GivesMoney ? UncertainDistance.Of(variant, FrontierOrientation.Input, replications, seed) : null;
        return Compared(id, role, name, persons is null ? Amount.None : Amount.Of(persons), money is null ? Amount.None : Amount.Of(money), persons?.Measured, money?.Measured, without);
    }

    private PotentialRow Plain(string id, RowRole role, LocalizedText name, double persons, double money, FrontierDistance distance) =>
        Compared(id, role, name, Amount.None with { Measured = persons }, Amount.None with { Measured = money }, distance, null);

    private PotentialRow Partial(string id, LocalizedText name, Func<FrontierOptions, PartialFrontierResult> measure)
    {
        var (persons, money) = (Distance(FrontierOrientation.Output), Distance(FrontierOrientation.Input));
        return Plain(id, RowRole.Check, name, persons.Total, money.Total, persons);

        FrontierDistance Distance(FrontierOrientation orientation) => FrontierDistance.Of(Variant, orientation, measure(Variant.Options(orientation)).Efficiency);
    }

    /// <summary>As the ministry compares: with what is expected of the municipality itself.</summary>
    private PotentialRow OwnExpectation(string id, RowRole role, LocalizedText name, bool onlyClear)
    {
        var needed = onlyClear ? UncertainDistance.Z : 0;
        var (actual, expected, errors) = (figures.Together.Actual, figures.Together.Expected, figures.Together.Error);
        double[] delta = [.. Enumerable.Range(0, actual.Length).Select(unit => actual[unit] - expected[unit] > needed * errors[unit] ? Math.Max(1, actual[unit] / expected[unit]) : 1)];
        var distance = new FrontierDistance(actual, delta);
        var error = Math.Sqrt(Enumerable.Range(0, delta.Length).Where(unit => delta[unit] > 1).Sum(unit => Math.Pow(errors[unit], 2)));
        var interval = new Amount(distance.Total, double.NaN, Math.Max(0, distance.Total - (UncertainDistance.Z * error)), distance.Total + (UncertainDistance.Z * error));
        return Compared(id, role, name, interval, Amount.None, distance, null);
    }

    /// <summary>What the same analysis would show if every jobcentre did exactly as expected and only chance made them differ.</summary>
    private PotentialRow ChanceAlone()
    {
        var draws = (int)spec.Number("chance_draws");
        var random = new CounterRandom(seed);
        var normals = new double[figures.Areas.Length * figures.Results.Count];
        var (persons, money) = (new double[draws], new double[draws]);
        for (var draw = 0; draw < draws; draw++)
        {
            random.Normals(draw, normals);
            var results = new RowMatrix(figures.Areas.Length, figures.Results.Count);
            for (var unit = 0; unit < results.Rows; unit++)
            {
                for (var kind = 0; kind < results.Columns; kind++)
                {
                    // A count does not fall below nothing; a tenth of what is expected stands for that.
                    var (expected, error) = (figures.Results[kind].Expected[unit], figures.Results[kind].Error[unit]);
                    results[unit, kind] = expected / Math.Max(0.1 * expected, expected + (error * normals[(unit * results.Columns) + kind]));
                }
            }

            var variant = Variant.WithResults(results);
            persons[draw] = Total(variant, FrontierOrientation.Output);
            money[draw] = Total(variant, FrontierOrientation.Input);
        }

        return new PotentialRow("chance-alone", RowRole.Check, new("Var alle som forventet: hvad tilfældigheder alene viser", "If all were as expected: what chance alone shows"), Summary(persons), Summary(money), null, null, null, double.NaN);

        static double Total(FrontierVariant variant, FrontierOrientation orientation) =>
            FrontierDistance.Of(variant, orientation, Dea.Efficiency(variant.Inputs, variant.Outputs, variant.Options(orientation)).Efficiency).Total;

        static Amount Summary(double[] totals) => new(CompensatedSum.Of(totals) / totals.Length, double.NaN, Quantiles.Type7InPlace(totals, 0.025), Quantiles.Type7InPlace(totals, 0.975));
    }

    private List<InfluenceRow> LeaveOneOut()
    {
        var rows = new List<InfluenceRow>();
        var leads = Enumerable.Range(0, figures.Areas.Length).Where(unit => InPersons.Measured.Delta[unit] < 1 + FrontierDistance.Negligible || InMoney.Measured.Delta[unit] < 1 + FrontierDistance.Negligible);
        foreach (var unit in leads)
        {
            var (persons, money) = (Without(unit, FrontierOrientation.Output), Without(unit, FrontierOrientation.Input));
            var affected = Enumerable.Range(0, figures.Areas.Length).Count(other => other != unit && InPersons.Measured.Delta[other] - persons.Delta[other] > FrontierDistance.Negligible);
            rows.Add(new InfluenceRow(unit, affected, persons.Total, money.Total, persons));
        }

        return [.. rows.OrderBy(row => row.Persons)];
    }

    private FrontierDistance Without(int unit, FrontierOrientation orientation)
    {
        var others = Variant.Without(unit);
        var found = Dea.Efficiency(Variant.Inputs, Variant.Outputs, others.Inputs, others.Outputs, Variant.Options(orientation));
        return FrontierDistance.Of(Variant, orientation, found.Efficiency);
    }

    private PotentialRow Compared(string id, RowRole role, LocalizedText name, Amount persons, Amount money, FrontierDistance? inPersons, FrontierDistance? inMoney, int? without = null)
    {
        var (own, made) = inPersons is null ? (inMoney!, InMoney.Measured) : (inPersons, InPersons.Measured);
        var stability = RankStability.Of(RowMatrix.FromColumns([.. made.Delta.Where((delta, unit) => unit != without)], own.Delta), RankOrder.Lowest);
        var changed = Enumerable.Range(0, own.Delta.Length).Count(unit => Quarter(stability, unit, 0) != Quarter(stability, unit, 1));
        return new PotentialRow(id, role, name, persons, money, own, own.WithoutPotential, changed, stability.Spearman[0, 1]);
    }

    /// <summary>-1 = the best quarter, 1 = the worst, 0 = between.</summary>
    private static int Quarter(RankStabilityResult stability, int unit, int column)
    {
        var rank = stability.Ranks[unit, column];
        return rank <= stability.Places ? -1 : rank > stability.Ranks.Rows - stability.Places ? 1 : 0;
    }
}
