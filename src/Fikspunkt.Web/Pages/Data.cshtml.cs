using Fikspunkt.Domain;
using Fikspunkt.Store;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>Publications, how to compute them again, sources with their terms, methods, the API.</summary>
internal sealed class DataModel : SitePageModel
{
    public override SitePage Place => SitePages.Data;

    /// <summary>The tables that figures here come from, each with its newest vintage and the number of pulls; tables of publications too, whose figures are not in the store.</summary>
    public IReadOnlyList<SourceView> Sources { get; private set; } = [];

    public void OnGet() => Sources = SourceView.Of(Site);
}

/// <summary>A table at its source.</summary>
/// <param name="Id">Table id.</param>
/// <param name="Definition">What is known of it; <see langword="null"/> for a table without a definition.</param>
/// <param name="Newest">The newest vintage in the store; <see langword="null"/> where only publications hold its figures.</param>
/// <param name="Pulls">Number of vintages in the store.</param>
internal sealed record SourceView(string Id, TableDefinition? Definition, Vintage? Newest, int Pulls)
{
    public static IReadOnlyList<SourceView> Of(SiteContent content)
    {
        var pulls = content.Figures.Vintages.GroupBy(vintage => vintage.Table, StringComparer.Ordinal).ToDictionary(table => table.Key, table => table.ToList(), StringComparer.Ordinal);
        return
        [
            .. pulls.Keys.Concat(content.Publications.SelectMany(package => package.Vintages).Select(vintage => vintage.Table)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(id => new SourceView(id, content.Definitions.Tables.GetValueOrDefault(id), pulls.GetValueOrDefault(id)?[^1], pulls.GetValueOrDefault(id)?.Count ?? 0)),
        ];
    }
}
