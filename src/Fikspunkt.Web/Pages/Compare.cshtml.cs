using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Fikspunkt.Web.Pages;

/// <summary>Some municipalities beside each other on any figure; who they are and what shares are shares of is always said.</summary>
internal sealed class CompareModel : SitePageModel
{
    private const int LongestShown = 60;
    private const int Suggestions = 3;

    public override SitePage Place => SitePages.Compare;

    public CompareChoice Choice { get; private set; } = null!;

    public IActionResult OnGet()
    {
        Choice = CompareChoice.Of(Sight);
        if (Choice.Unknown is not [var unknown, ..])
        {
            return Page();
        }

        // The rest of the choices are kept, so that one wrong name does not cost the others.
        var known = Sight.Query.Values.Where(pair => !Choice.Unknown.Contains(pair.Value, StringComparer.Ordinal)).ToList();
        var without = new SiteQuery(known);
        var isArea = Sight.Query.All(SiteQuery.Areas).Contains(unknown, StringComparer.Ordinal);
        var near = isArea ? MunicipalityAddress.Nearest(Site, unknown[..Math.Min(unknown.Length, LongestShown)], Suggestions) : [];
        var shown = unknown.Length > LongestShown ? unknown[..LongestShown] + "…" : unknown;
        return Missing(
            isArea ? Texts.MunicipalityMissing.With(shown) : Texts.ChoiceMissing.With(shown),
            [
                .. near.Select(municipality => new Suggestion(
                    Texts.CompareWith.With(municipality.NameIn(Sight.Culture)), Links.To(Place, null, without.With(SiteQuery.Areas, [.. without.All(SiteQuery.Areas), municipality.Code])))),
                new Suggestion(Texts.CompareWithout, Links.To(Place, null, without)),
            ]);
    }

    /// <summary>Outcomes of each benchmark, to choose from.</summary>
    public IEnumerable<(string Benchmark, IReadOnlyList<(string Id, string Name)> Outcomes)> Outcomes() => Site.Benchmarks.Select(view =>
    {
        var model = view.Model(Sight.Culture);
        return (view.Content.Run.Spec.Title.In(Sight.Culture), (IReadOnlyList<(string, string)>)[.. model.Outcomes.OrderByDescending(id => id == model.Headline).Select(id => (id, model.Names.Outcome(id)))]);
    });

    /// <summary>Indicators with their groups, to choose from, by name.</summary>
    public IEnumerable<(string Id, string Name)> Indicators() => Site.Figures.Series
        .Where(series => Site.Definitions.Indicators.ContainsKey(series.Indicator))
        .Select(series => (CompareSubject.IdOf(series), Name: CompareSubject.NameOf(Site.Definitions, series)))
        .OrderBy(entry => entry.Name, StringComparer.Create(Sight.Culture, true));

    public IReadOnlyList<Municipality> Municipalities => [.. Site.Definitions.Municipalities.OrderBy(municipality => municipality.NameIn(Sight.Culture), StringComparer.Create(Sight.Culture, true))];

    /// <summary>The municipality chosen in a field of the form: of a group only the first was chosen.</summary>
    public string? Chosen(int field) => field < Choice.Areas.Count && (field == 0 || Choice.Group.Length == 0) ? Choice.Areas[field].Code : null;

    /// <summary>Framework conditions beside each other, while there is room for them.</summary>
    public MeasurementTable? Conditions() => Choice.Areas.Count <= CompareChoice.Most && Site.Benchmarks is [var first, ..] ? CompareDiagrams.Conditions(Choice, first.Model(Sight.Culture)) : null;

    /// <summary>The breaks within the figures shown, in words.</summary>
    public string Breaks()
    {
        var periods = Choice.Areas.SelectMany(area => Choice.Subject!.Series(area.Code)).Select(figure => figure.Period).ToList();
        return periods.Count == 0 ? "" : string.Join("; ", Choice.Subject!.Breaks.Where(entry => entry.Date > periods.Min().FirstDay && entry.Date <= periods.Max().LastDay).Select(entry => $"{Words.Date(entry.Date)}: {entry.Title.In(Sight.Culture)}"));
    }
}
