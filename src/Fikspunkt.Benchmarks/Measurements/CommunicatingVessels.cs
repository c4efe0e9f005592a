using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Statistics.Association;
using Fikspunkt.Statistics.Multiplicity;

namespace Fikspunkt.Benchmarks.Measurements;

/// <summary>Which benefit groups go with which, beyond what framework conditions explain: over municipalities and over time.</summary>
/// <remarks>Correlations of differences (actual - expected, shares of the population); p-values adjusted over all pairs by Holm's procedure.
/// The expectation's error and chance are in each group's standard error; the correction takes them to be independent between groups.</remarks>
internal sealed class CommunicatingVessels
{
    private readonly ModelSpec model;
    private readonly List<string> areas;
    private readonly Dictionary<(string Area, string Outcome), AreaResult> now;
    private readonly Dictionary<(string Area, string Outcome), AreaResult> before;

    public CommunicatingVessels(ModelSpec model, IReadOnlyList<AreaResult> latest, IReadOnlyList<AreaResult> first)
    {
        this.model = model;
        now = latest.ToDictionary(result => (result.Area, result.Outcome));
        before = first.ToDictionary(result => (result.Area, result.Outcome));

        // Areas with every group in both periods, so that all pairs are over the same ones.
        areas = [.. latest.Select(result => result.Area).Distinct().Where(area => model.Outcomes.All(outcome => now.ContainsKey((area, outcome.Id)) && before.ContainsKey((area, outcome.Id)))).Order(StringComparer.Ordinal)];
    }

    /// <summary>How the groups left out go with those kept.</summary>
    public CorrelationResult Bias(IReadOnlySet<string> leftOut)
    {
        var outside = model.Outcomes.Select(outcome => outcome.Id).Where(leftOut.Contains).ToList();
        var inside = model.Outcomes.Select(outcome => outcome.Id).Where(id => !leftOut.Contains(id)).ToList();
        return Correlation.Pearson(Sum(outside, result => result.Difference), Sum(inside, result => result.Difference), Sum(outside, Square), Sum(inside, Square));
    }

    public MeasurementTable OverMunicipalities() => Table(
        "vessels-municipalities",
        new("Forbundne kar mellem kommuner", "Communicating vessels over municipalities"),
        new(
            "Sammenhængen mellem to ydelsers afvigelse fra det ventede. Negativ: hvor der er færre på den ene, er der flere på den anden. Sikker = også når der tages højde for, at alle par prøves.",
            "How the departures of two benefits from what is expected go together. Negative: where there are fewer on one, there are more on the other. Sure = also when allowing for every pair being tested."),
        outcome => ([.. areas.Select(area => now[(area, outcome)].Difference)], [.. areas.Select(area => Square(now[(area, outcome)]))]));

    /// <summary>The same for changes between two periods. Chance in both is in the change.</summary>
    public MeasurementTable OverTime(Period from, Period to) => Table(
        "vessels-time",
        new($"Forbundne kar over tid, {from} til {to}", $"Communicating vessels over time, {from} to {to}"),
        new(
            "Det samme for kommunernes ændring mellem de to perioder. Negativ: hvor den ene ydelse faldt mere end ventet, steg den anden.",
            "The same for the municipalities' changes between the two periods. Negative: where one benefit fell more than expected, the other rose."),
        outcome => ([.. areas.Select(area => now[(area, outcome)].Difference - before[(area, outcome)].Difference)], [.. areas.Select(area => Square(now[(area, outcome)]) + Square(before[(area, outcome)]))]));

    private static double Square(AreaResult result) => result.StandardError * result.StandardError;

    private double[] Sum(List<string> outcomes, Func<AreaResult, double> value) => [.. areas.Select(area => outcomes.Sum(outcome => value(now[(area, outcome)])))];

    private MeasurementTable Table(string id, LocalizedText title, LocalizedText explanation, Func<string, (double[] Values, double[] Chance)> figures)
    {
        var series = model.Outcomes.Select(outcome => (outcome.Name, Figures: figures(outcome.Id))).ToList();
        var pairs =
            (from i in Enumerable.Range(0, series.Count)
             from j in Enumerable.Range(i + 1, series.Count - i - 1)
             select (First: series[i].Name, Second: series[j].Name, Result: Correlation.Pearson(series[i].Figures.Values, series[j].Figures.Values, series[i].Figures.Chance, series[j].Figures.Chance))).ToList();
        var adjusted = PValues.Adjust([.. pairs.Select(pair => pair.Result.PValue)], Adjustment.Holm);
        return new MeasurementTable(
            id,
            title,
            explanation,
            [
                new("benefit", new("Ydelse", "Benefit"), ColumnKind.Text),
                new("other", new("og ydelse", "and benefit"), ColumnKind.Text),
                new("correlation", new("Sammenhæng", "Correlation"), ColumnKind.Number),
                new("lower", new("Fra", "From"), ColumnKind.Number),
                new("upper", new("Til", "To"), ColumnKind.Number),
                new("corrected", new("Renset for tilfældigheder", "Corrected for chance"), ColumnKind.Number),
                new("p_holm", new("p (Holm)", "p (Holm)"), ColumnKind.Number),
                new("sure", new("Sikker", "Sure"), ColumnKind.Text),
            ],
            [.. pairs.Select((pair, i) => (pair, p: adjusted[i])).OrderBy(item => item.pair.Result.Coefficient).Select(item => (IReadOnlyList<object?>)
            [
                item.pair.First, item.pair.Second, item.pair.Result.Coefficient, item.pair.Result.Lower, item.pair.Result.Upper, item.pair.Result.Corrected, item.p,
                item.p < 0.05 ? new LocalizedText("ja", "yes") : new LocalizedText("nej", "no"),
            ])]);
    }
}
