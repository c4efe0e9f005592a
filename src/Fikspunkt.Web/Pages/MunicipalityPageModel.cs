using Fikspunkt.Domain;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Fikspunkt.Web.Pages;

/// <summary>A page about one municipality: finds it, sends other spellings to its one address, and reads the choices.</summary>
internal abstract class MunicipalityPageModel : SitePageModel
{
    private const int LongestShown = 60;
    private const int Suggestions = 6;

    public Municipality Municipality { get; private set; } = null!;

    /// <summary>What is said; <see langword="null"/> where nothing is published.</summary>
    public MunicipalityFacts? Facts { get; private set; }

    /// <summary>Whether the page is always about the headline, whatever outcome was chosen before.</summary>
    protected virtual bool HeadlineOnly => false;

    public string Name => Municipality.NameIn(Sight.Culture);

    public string AddressName => Slug.Of(Municipality.Name);

    /// <summary>The page's choices with the municipality among them, as charts take them.</summary>
    public SiteQuery ChartQuery => (HeadlineOnly ? Sight.Query.With(SiteQuery.Outcome) : Sight.Query).With(SiteQuery.Areas, Municipality.Code);

    public IActionResult OnGet(string area)
    {
        if (MunicipalityAddress.Find(Site, area) is not { } municipality)
        {
            var shown = area.Length > LongestShown ? area[..LongestShown] + "…" : area;
            return Missing(
                Texts.MunicipalityMissing.With(shown),
                MunicipalityAddress.Nearest(Site, area[..Math.Min(area.Length, LongestShown)], Suggestions).Select(near => new Suggestion(near.NameIn(Sight.Culture), Links.To(Place, Slug.Of(near.Name)))));
        }

        Municipality = municipality;
        if (!string.Equals(area, AddressName, StringComparison.Ordinal))
        {
            return RedirectPermanent(Links.To(Place, AddressName, Sight.Query));
        }

        var (choice, unknown) = MunicipalityChoice.Of(Sight);
        if (unknown is not null)
        {
            return Missing(Texts.ChoiceMissing.With(unknown.Length > LongestShown ? unknown[..LongestShown] + "…" : unknown), [new Suggestion(Name, Links.To(Place, AddressName))]);
        }

        Facts = choice is null ? null : MunicipalityFacts.Of(Sight, HeadlineOnly ? choice with { Outcome = choice.Model.Headline } : choice, municipality);
        return Page();
    }

    /// <summary>A chart of this municipality, of another outcome where one is named.</summary>
    public SiteChart? AreaChart(string name, string? outcome = null) =>
        Diagrams.Make(name, Sight with { Query = outcome is null ? ChartQuery : ChartQuery.With(SiteQuery.Outcome, outcome) });
}
