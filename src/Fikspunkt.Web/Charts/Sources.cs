using Fikspunkt.Benchmarks;
using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Charts;

/// <summary>Source lines.</summary>
internal static class Sources
{
    /// <summary>Where the figures of what was chosen come from.</summary>
    public static string Line(NationalChoice choice) => choice.Benchmark is { } view
        ? Line(view)
        : Texts.SourceLineMeasurement.With(Vintages(choice.Measurement!.Vintages), choice.Measurement.Spec.Id);

    /// <summary>Where a benchmark's figures come from, of which vintage, in which package they can be recomputed.</summary>
    public static string Line(BenchmarkView view) => Texts.SourceLine.With(
        Vintages(view.Content.Run.Vintages),
        view.Content.PackageId[..12]);

    private static string Vintages(IEnumerable<VintageReference> vintages) =>
        string.Join("; ", vintages.Select(vintage => $"{vintage.Source}, {vintage.Table}, {Words.Retrieved(vintage)}").Distinct(StringComparer.Ordinal));
}
