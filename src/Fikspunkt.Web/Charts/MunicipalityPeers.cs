using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Web.Charts;

/// <summary>A municipality's nearest, and which of them may be called better: never on noise.</summary>
/// <param name="Own">The municipality's result.</param>
/// <param name="Near">The nearest with their distance and their result, nearest first.</param>
/// <param name="ByConditions">Whether nearness is that of framework conditions; otherwise of expected shares.</param>
/// <param name="Parts">What the distance to each consists of, largest first.</param>
internal sealed record MunicipalityPeers(
    AreaResult Own,
    IReadOnlyList<(Neighbour Neighbour, AreaResult Result)> Near,
    bool ByConditions,
    IReadOnlyDictionary<string, IReadOnlyList<(string Covariate, double Part)>> Parts)
{
    private const int Named = 3;

    /// <summary>
    /// Those surely below what is expected of them, whose interval also lies wholly below the municipality's own. Two intervals that do not meet are a stricter
    /// demand than a test of their difference, so that nobody is named on chance.
    /// </summary>
    public IReadOnlyList<AreaResult> Better => [.. Near.Select(near => near.Result).Where(result => IsBetter(Own, result)).Take(Named)];

    public static MunicipalityPeers Of(ReportModel model, IReadOnlyList<AreaResult> all, AreaResult own, int count)
    {
        var neighbours = new Neighbours(model.Run.Spec, all);
        var results = all.ToDictionary(result => result.Area, StringComparer.Ordinal);
        var near = neighbours.Of(own.Area, count);
        return new MunicipalityPeers(
            own,
            [.. near.Select(neighbour => (neighbour, results[neighbour.Area]))],
            neighbours.ByConditions,
            near.ToDictionary(neighbour => neighbour.Area, neighbour => neighbours.Parts(own.Area, neighbour.Area), StringComparer.Ordinal));
    }

    public static bool IsBetter(AreaResult own, AreaResult peer) => peer.Class == SignificanceClass.Better && peer.Upper < own.Lower;

    /// <summary>The nearest, how near and in what they differ, and where they stand.</summary>
    public MeasurementTable Table(ReportModel model) => new(
        "naermeste",
        SiteChart.Here(Reports.Texts.CaptionNearest.With(model.Names.Municipality(Own.Area))),
        SiteChart.Here(ByConditions ? Reports.Texts.ExplainNearest : Reports.Texts.ExplainNearestExpected),
        [
            new("municipality", new("Kommune", "Municipality"), ColumnKind.Area),
            new("distance", new("Afstand", "Distance"), ColumnKind.Number),
            new("actual", new("Faktisk", "Actual"), ColumnKind.Share),
            new("expected", new("Forventet", "Expected"), ColumnKind.Share),
            new("difference", new("Forskel", "Difference"), ColumnKind.Points),
            new("lower", new("Fra", "From"), ColumnKind.Points),
            new("upper", new("Til", "To"), ColumnKind.Points),
            new("class", new("Vurdering", "Verdict"), ColumnKind.Text),
            .. ByConditions ? [new("unlike", new("Afstanden ligger mest i", "The distance lies mostly in"), ColumnKind.Text)] : Array.Empty<MeasurementColumn>(),
        ],
        [.. Near.Select(near => (IReadOnlyList<object?>)
        [
            near.Result.Area, near.Neighbour.Distance, near.Result.Actual, near.Result.Expected, near.Result.Difference, near.Result.Lower, near.Result.Upper,
            IsBetter(Own, near.Result) ? Texts.PeerSurelyBetter.With(Words.Class(near.Result.Class)) : Words.Class(near.Result.Class),
            .. ByConditions ? [Unlike(model, near.Result.Area)] : Array.Empty<object?>(),
        ])]);

    /// <summary>The framework conditions of the municipality, of its nearest on average and of the better ones.</summary>
    public MeasurementTable? Conditions(ReportModel model)
    {
        var conditions = Own.Contributions.Where(part => double.IsFinite(part.Value)).Select(part => part.Covariate).ToList();
        if (conditions.Count == 0)
        {
            return null;
        }

        static double Value(AreaResult result, string covariate) => result.Contributions.FirstOrDefault(part => part.Covariate == covariate)?.Value ?? double.NaN;
        return new(
            "vilkaar",
            SiteChart.Here(Texts.ConditionsCaption),
            SiteChart.Here(""),
            [
                new("condition", new("Rammevilkår", "Framework condition"), ColumnKind.Text),
                new("own", SiteChart.Here(model.Names.Municipality(Own.Area)), ColumnKind.Number),
                new("nearest", SiteChart.Here(Texts.ConditionsMean.With(Near.Count)), ColumnKind.Number),
                new("difference", SiteChart.Here(Texts.ConditionsDifference), ColumnKind.Number),
                .. Better.SelectMany(better => (MeasurementColumn[])
                [
                    new("value_" + better.Area, SiteChart.Here(model.Names.Municipality(better.Area)), ColumnKind.Number),
                    new("difference_" + better.Area, SiteChart.Here(Texts.ConditionsDifferenceFrom.With(model.Names.Municipality(better.Area))), ColumnKind.Number),
                ]),
            ],
            [.. conditions.Select(covariate =>
            {
                var (own, mean) = (Value(Own, covariate), Near.Average(near => Value(near.Result, covariate)));
                return (IReadOnlyList<object?>)
                [
                    model.Names.Covariate(covariate), own, mean, mean - own, .. Better.SelectMany(better => (object?[])[Value(better, covariate), Value(better, covariate) - own]),
                ];
            })]);
    }

    // The condition that makes up most of the squared distance.
    private string Unlike(ReportModel model, string area) => Parts[area] is [var most, ..] ? Texts.PeerPart.With(model.Names.Covariate(most.Covariate), model.Numbers.PerCent(most.Part, 0)) : ReportNumbers.None;
}
