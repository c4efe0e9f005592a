using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Web.Charts;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Pages;

/// <summary>What uncertainty is and why a rank alone misleads, shown on the figures at hand.</summary>
internal sealed class UncertaintyModel : SitePageModel
{
    private const int Told = 3;

    public override SitePage Place => SitePages.Uncertainty;

    /// <summary>Who would be first and last in years without any differences, and where the own municipality would be.</summary>
    public IReadOnlyList<string> Years()
    {
        if (NationalChoice.Of(Sight) is not { Benchmark: not null, ShownResults: { Count: > 1 } results })
        {
            return [];
        }

        var pretended = NoDifferencesYears.Of(results);
        var own = results.Index().Where(entry => entry.Item.Area == Sight.Own).Select(entry => (int?)entry.Index).FirstOrDefault();
        return [.. Enumerable.Range(0, Told).Select(year =>
        {
            var order = results.Zip(pretended.Years[year]).OrderBy(pair => pair.Second).Select(pair => pair.First).ToList();
            var text = Texts.NoneYear.With(year + 1, Name(order[0]), Name(order[^1]));
            return own is { } index ? $"{text} {Texts.NoneYearOwn.With(Name(results[index]), pretended.Place(year, index))}" : text;
        })];
    }

    private string Name(AreaResult result) => Sight.Names.Municipality(result.Area);
}
