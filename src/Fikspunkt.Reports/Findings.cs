using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;

namespace Fikspunkt.Reports;

/// <summary>Sentences about results. None claims more than the interval allows.</summary>
internal static class Findings
{
    /// <summary>Title of a chart of differences: how many are surely below, how many above, how many neither.</summary>
    public static string Differences(ReportModel model, IReadOnlyList<AreaResult> results)
    {
        var counts = ReportModel.Count(results);
        return counts.Better + counts.Worse == 0
            ? counts.Units == 1 ? Texts.FindingDifferencesAlone : Texts.FindingDifferencesNone.With(counts.Units)
            : Texts.FindingDifferences.With(counts.Better, counts.Worse, counts.AsExpected);
    }

    /// <summary>Title of the chart of rank sets: how many could be the best when all sets hold at once, and how wide a set usually is.</summary>
    public static string Ranks(IReadOnlyList<AreaResult> results) =>
        Texts.FindingRanks.With(PossiblyBest(results), MedianWidth(results), results.Count);

    public static int PossiblyBest(IReadOnlyList<AreaResult> results) => results.Count(result => result.RankLowerSimultaneous == 1);

    public static int PossiblyWorst(IReadOnlyList<AreaResult> results) => results.Count(result => result.RankUpperSimultaneous == results.Count);

    /// <summary>The median number of ranks in the marginal sets.</summary>
    public static int MedianWidth(IReadOnlyList<AreaResult> results)
    {
        var widths = results.Select(result => result.RankUpper - result.RankLower + 1).Order().ToList();
        return widths.Count == 0 ? 0 : widths[widths.Count / 2];
    }

    public static string Scatter(ReportModel model, IReadOnlyList<AreaResult> results)
    {
        var explained = ReportModel.Explained(results);
        return explained > 0 ? Texts.FindingScatter.With(model.Numbers.PerCent(explained, 0)) : Texts.FindingScatterNone;
    }

    /// <summary>Title of the funnel plot: how the spread differs between the smaller and the larger half of the municipalities.</summary>
    public static string Funnel(ReportModel model, IReadOnlyList<AreaResult> results)
    {
        var bySize = results.OrderBy(result => result.Exposure).ToList();
        var small = Spread(bySize.Take(bySize.Count / 2));
        var large = Spread(bySize.Skip(bySize.Count / 2));
        return small > large
            ? Texts.FindingFunnel.With(model.Numbers.PerCent(small), model.Numbers.PerCent(large))
            : Texts.FindingFunnelEven.With(model.Numbers.PerCent(small), model.Numbers.PerCent(large));
    }

    /// <summary>Title of the map: in how many regions the municipalities below and above expectation lie.</summary>
    public static string Map(ReportModel model, IReadOnlyList<AreaResult> results)
    {
        var regions = model.Definitions.Municipalities.ToDictionary(m => m.Code, m => m.Region, StringComparer.Ordinal);
        int Regions(SignificanceClass significance) =>
            results.Where(result => result.Class == significance).Select(result => regions.GetValueOrDefault(result.Area)).OfType<string>().Distinct(StringComparer.Ordinal).Count();
        return Texts.FindingMap.With(Regions(SignificanceClass.Better), Regions(SignificanceClass.Worse), regions.Values.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Where a municipality stands, with the uncertainty in the same sentence.</summary>
    public static string Position(ReportModel model, AreaResult result)
    {
        var n = model.Numbers;
        var published = model.Run.Spec.Kind == ModelKind.PublishedExpectation;
        var template = result.Class switch
        {
            SignificanceClass.Better => published ? Texts.PositionBetterPublished : Texts.PositionBetter,
            SignificanceClass.Worse => published ? Texts.PositionWorsePublished : Texts.PositionWorse,
            _ => result.Difference < 0 ? Texts.PositionAsExpectedLower : Texts.PositionAsExpectedHigher,
        };
        return template.With(
            model.Names.Municipality(result.Area), n.PerCent(result.Actual), n.PerCent(result.Expected), n.SizeInPoints(result.Difference),
            n.Points(result.Lower), n.Points(result.Upper), model.CoveragePerCent);
    }

    /// <summary>What the difference is in persons, for outcomes that count persons.</summary>
    public static string? Persons(ReportModel model, AreaResult result)
    {
        if (!model.Names.CountOutcomes.Contains(result.Outcome))
        {
            return null;
        }

        var n = model.Numbers;
        return Texts.PositionPersons.With(n.SignedWhole(result.DifferencePersons), n.SignedWhole(result.Lower * result.Exposure), n.SignedWhole(result.Upper * result.Exposure));
    }

    /// <summary>What the estimate costs or saves at the model's prices; says so where the difference cannot be told from none.</summary>
    public static string? Kroner(ReportModel model, AreaResult result)
    {
        if (result.Kroner is not { } kroner)
        {
            return null;
        }

        var text = (kroner < 0 ? Texts.PositionKronerSaved : Texts.PositionKronerSpent).With(model.Numbers.Millions(kroner));
        if (result.Class == SignificanceClass.AsExpected)
        {
            text += " " + Texts.PositionKronerUncertain;
        }

        return (kroner < 0) == (result.Difference < 0) ? text : text + " " + Texts.PositionKronerSign;
    }

    public static string Rank(ReportModel model, AreaResult result, int units) => Texts.PositionRank.With(
        result.Rank, units, model.CoveragePerCent, result.RankLower, result.RankUpper, result.RankLowerSimultaneous, result.RankUpperSimultaneous);

    /// <summary>Title of a municipality's series: how often it lay below expectation, and how often beyond what chance explains.</summary>
    public static string Trend(ReportModel model, string area) => Trend(model, area, model.Headline);

    /// <summary>The same of one outcome.</summary>
    public static string Trend(ReportModel model, string area, string outcome)
    {
        var points = model.SeriesOf(area, outcome).ToList();
        var below = points.Count(point => point.Actual < point.Expected);
        var outside = points.Count(point => point.Actual < point.RangeLower || point.Actual > point.RangeUpper);
        return (model.MonthlySeries ? Texts.FindingTrendMonths : Texts.FindingTrendPeriods).With(below, points.Count, outside);
    }

    /// <summary>Title of the contributions: how far the expectation lies from the national mean, and which framework condition moves it most.</summary>
    public static string Contributions(ReportModel model, AreaResult result)
    {
        var sum = result.Contributions.Sum(part => part.Share);
        var conditions = result.Contributions.Where(part => part.Covariate is not (ContributionIds.Curvature or ContributionIds.LeaveOneOut)).ToList();
        var largest = (conditions.Count > 0 ? conditions : result.Contributions).MaxBy(part => Math.Abs(part.Share))!;
        var template = sum < 0 ? Texts.FindingContributionsLower : Texts.FindingContributionsHigher;
        return template.With(model.Numbers.SizeInPoints(sum), model.Names.Covariate(largest.Covariate), model.Numbers.Points(largest.Share));
    }

    /// <summary>A change between the first and last point of a national series; says so where a break lies between.</summary>
    public static string NationalTrend(ReportModel model, IReadOnlyList<SeriesPoint> points, bool broken)
    {
        var (first, last) = (points[0], points[^1]);
        var text = Texts.FindingNational.With(model.Numbers.PerCent(first.Actual), Words.ShortPeriod(first.Period), model.Numbers.PerCent(last.Actual), Words.ShortPeriod(last.Period));
        return broken ? $"{text} {Texts.FindingNationalBroken}" : text;
    }

    private static double Spread(IEnumerable<AreaResult> results)
    {
        var squares = results.Select(result => result.Difference * result.Difference).ToList();
        return squares.Count == 0 ? 0 : Math.Sqrt(squares.Average());
    }
}
