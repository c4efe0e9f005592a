using Fikspunkt.Domain;
using Fikspunkt.Reports;
using Fikspunkt.Web.Content;

namespace Fikspunkt.Web.Charts;

/// <summary>Source lines.</summary>
internal static class Sources
{
    /// <summary>Where a benchmark's figures come from, of which vintage, in which package they can be recomputed.</summary>
    public static string Line(BenchmarkView view) => Texts.SourceLine.With(
        string.Join("; ", view.Content.Run.Vintages.Select(vintage => $"{vintage.Source}, {vintage.Table}, {Words.Retrieved(vintage)}").Distinct(StringComparer.Ordinal)),
        view.Content.PackageId[..12]);
}
