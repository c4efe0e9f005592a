using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Fikspunkt.Web.Pages;

/// <summary>The country: who differs from what is expected, and how sure that is.</summary>
internal sealed class OverviewModel : SitePageModel
{
    public override SitePage Place => SitePages.Overview;

    /// <summary>What is looked at; <see langword="null"/> where nothing is published.</summary>
    public NationalChoice? Choice { get; private set; }

    /// <summary>Changes since the period before, the largest first.</summary>
    public IReadOnlyList<PeriodChange> Changes { get; private set; } = [];

    public IEnumerable<PeriodChange> SureChanges => Changes.Where(change => change.Class != SignificanceClass.AsExpected);

    public PeriodChange? OwnChange => Changes.FirstOrDefault(change => change.Now.Area == Sight.Own);

    /// <summary>What a measurement itself says of changes: of the country, then of the own municipality.</summary>
    public IEnumerable<string> MeasuredChanges => Choice?.Measurement is { } measurement
        ? measurement.Statements.Where(statement => statement.Kind == "change" && (statement.Area is null || statement.Area == Sight.Own)).OrderBy(statement => statement.Area, StringComparer.Ordinal).Select(statement => statement.Text.In(Sight.Culture))
        : [];

    /// <summary>The municipalities of a standing by name, those with no figure last.</summary>
    public IReadOnlyList<Choice> Standing(int standing) => [.. Choice!.Shown.Where(placed => placed.Standing == standing)
        .Select(placed => new Choice(placed.Area, Sight.Names.Municipality(placed.Area))).OrderBy(choice => choice.Name, StringComparer.Create(Sight.Culture, ignoreCase: true))];

    public IActionResult OnGet()
    {
        Choice = NationalChoice.Of(Sight, out var unknown);
        if (unknown is not null)
        {
            return Missing(Texts.UnknownChoice.With(unknown), NationalChoice.Measurements(Site).Select(choice => new Suggestion(choice.Name, Links.To(Place, query: new SiteQuery([]).With(SiteQuery.Measurement, choice.Id)))));
        }

        if (Choice is not null)
        {
            Changes = NationalFindings.Changes(Choice);
        }

        return Page();
    }
}
