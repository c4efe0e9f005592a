using Fikspunkt.Benchmarks;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>One municipality: where it stands, why that is to be expected, what to look at first and whom to learn from.</summary>
internal sealed class MunicipalityModel : MunicipalityPageModel
{
    private const int ComparedPeers = 5;

    public override SitePage Place => SitePages.Municipality;

    /// <summary>The comparison with the nearest filled in.</summary>
    public string CompareLink => Links.To(SitePages.Compare, null, Sight.Query
        .With(SiteQuery.Areas, [Municipality.Code, .. Facts?.Peers?.Near.Take(ComparedPeers).Select(near => near.Result.Area) ?? []])
        .With(SiteQuery.Period)
        .With(SiteQuery.Own));

    public string BriefLink => Links.To(SitePages.Brief, AddressName, Sight.Query.With(SiteQuery.Areas).With(SiteQuery.Outcome));

    /// <summary>The same page for another outcome.</summary>
    public string OutcomeLink(string outcome) => Links.To(Place, AddressName, Sight.Query.With(SiteQuery.Outcome, outcome));

    /// <summary>A verdict's class of style and its sign, so that it is told without colour.</summary>
    public static (string Style, string Sign) Verdict(SignificanceClass significance) => significance switch
    {
        SignificanceClass.Better => ("better", "▼"),
        SignificanceClass.Worse => ("worse", "▲"),
        _ => ("same", "●"),
    };

    /// <summary>The small charts: what stands out first, the largest difference first.</summary>
    public IEnumerable<(AreaResult Result, SiteChart Chart)> Small() => (Facts?.Groups ?? [])
        .OrderByDescending(result => result.Class != SignificanceClass.AsExpected).ThenByDescending(result => Math.Abs(result.Difference))
        .Select(result => (result, Chart: AreaChart("kommune-ydelse", result.Outcome))).Where(entry => entry.Chart is not null).Select(entry => (entry.result, entry.Chart!));
}
