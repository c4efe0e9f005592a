using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;
using Fikspunkt.Web.Hosting;

namespace Fikspunkt.Web.Charts;

/// <summary>Which benchmark, outcome and period a page shows; without a choice the first benchmark's headline in its latest period.</summary>
/// <param name="View">The published benchmark.</param>
/// <param name="Model">The same in the language of the request.</param>
/// <param name="Outcome">Outcome id.</param>
/// <param name="Period">Period of the results.</param>
internal sealed record MunicipalityChoice(BenchmarkView View, ReportModel Model, string Outcome, Period Period)
{
    /// <summary>Reads the choices of an address.</summary>
    /// <returns>The choice, or the first value that names nothing we have; neither where nothing is published.</returns>
    public static (MunicipalityChoice? Choice, string? Unknown) Of(Sight sight)
    {
        var query = sight.Query;
        if (Benchmark(sight, query.First(SiteQuery.Measurement)) is not { } view)
        {
            return (null, query.First(SiteQuery.Measurement));
        }

        var model = view.Model(Sight.Culture);
        var outcome = query.First(SiteQuery.Outcome) ?? model.Headline;
        if (!model.Outcomes.Contains(outcome, StringComparer.Ordinal))
        {
            return (null, outcome);
        }

        var asked = query.First(SiteQuery.Period);
        return asked is null ? (new MunicipalityChoice(view, model, outcome, model.Latest), null)
            : Domain.Period.TryParse(asked, out var period) && model.Periods.Contains(period) ? (new MunicipalityChoice(view, model, outcome, period), null)
            : (null, asked);
    }

    // A measurement built on a model is shown with that model's benchmark.
    private static BenchmarkView? Benchmark(Sight sight, string? id)
    {
        var benchmarks = sight.Content.Benchmarks;
        var model = id is null ? null : sight.Content.Measurements.FirstOrDefault(result => result.Spec.Id == id) is { } result ? result.Spec.Model ?? "" : id;
        return benchmarks.FirstOrDefault(view => model is null or "" || view.Id == model);
    }
}
