using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;

namespace Fikspunkt.Web.Content;

/// <summary>A municipality under the published model and under the draft.</summary>
internal sealed record ComparedArea(AreaResult Published, AreaResult Draft)
{
    public string Area => Published.Area;

    /// <summary>Whether the verdict is another.</summary>
    public bool Crosses => Published.Class != Draft.Class;

    /// <summary>Whether the draft's rank is one that the published model's uncertainty did not allow.</summary>
    public bool BeyondRankSet => Draft.Rank < Published.RankLower || Draft.Rank > Published.RankUpper;
}

/// <summary>A draft beside the published model, for one outcome in the latest period.</summary>
/// <param name="Period">The period.</param>
/// <param name="PublishedFit">What the published model found.</param>
/// <param name="DraftFit">What the draft found.</param>
/// <param name="Areas">The municipalities that both have, by the published rank.</param>
internal sealed record WorkbenchComparison(Period Period, OutcomeFit? PublishedFit, OutcomeFit? DraftFit, IReadOnlyList<ComparedArea> Areas)
{
    public int Crossing => Areas.Count(area => area.Crosses);

    public int Beyond => Areas.Count(area => area.BeyondRankSet);

    /// <summary>Terms of either model in the order of the published one, with each one's coefficient.</summary>
    public IReadOnlyList<(string Term, Coefficient? Published, Coefficient? Draft)> Terms()
    {
        var (published, draft) = (PublishedFit?.Coefficients ?? [], DraftFit?.Coefficients ?? []);
        return
        [
            .. published.Concat(draft).Select(one => one.Term).Distinct(StringComparer.Ordinal)
                .Select(term => (term, published.FirstOrDefault(one => one.Term == term), draft.FirstOrDefault(one => one.Term == term))),
        ];
    }

    public static WorkbenchComparison Of(BenchmarkRun published, BenchmarkRun draft, string outcome)
    {
        var period = draft.Results.Where(result => result.Outcome == outcome).Max(result => result.Period);
        OutcomeFit? Fit(BenchmarkRun run) => run.Fits.FirstOrDefault(fit => fit.Outcome == outcome && (fit.Period is null || fit.Period == period));
        Dictionary<string, AreaResult> Results(BenchmarkRun run) => run.Results.Where(result => result.Outcome == outcome && result.Period == period).ToDictionary(result => result.Area, StringComparer.Ordinal);
        var later = Results(draft);
        return new WorkbenchComparison(
            period,
            Fit(published),
            Fit(draft),
            [.. Results(published).Values.Where(result => later.ContainsKey(result.Area)).OrderBy(result => result.Rank).ThenBy(result => result.Area, StringComparer.Ordinal).Select(result => new ComparedArea(result, later[result.Area]))]);
    }
}
