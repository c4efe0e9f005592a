using System.Collections.Concurrent;
using System.Globalization;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Domain;
using Fikspunkt.Reports;

namespace Fikspunkt.Web.Content;

/// <summary>Everything that the pages and the API show, read once and never changed: a request sees one of these from beginning to end.</summary>
/// <param name="Version">Changes when anything shown changes.</param>
/// <param name="Definitions">The program's definitions.</param>
/// <param name="Benchmarks">The newest publication of each model, in the order in which they are offered; the first is the default.</param>
/// <param name="Published">The newest publication of each measurement, in the order shown.</param>
/// <param name="Figures">The observations and their vintages.</param>
/// <param name="Publications">Every readable publication, newest first.</param>
/// <param name="Faults">What could not be read, in words for the operator; the pages only say that something is missing.</param>
/// <param name="Loaded">When it was read.</param>
internal sealed record SiteContent(
    string Version,
    DefinitionSet Definitions,
    IReadOnlyList<BenchmarkView> Benchmarks,
    IReadOnlyList<MeasurementView> Published,
    Figures Figures,
    IReadOnlyList<ReadPackage> Publications,
    IReadOnlyList<ContentFault> Faults,
    DateTimeOffset Loaded)
{
    private readonly Dictionary<string, Municipality> bySlug = Definitions.Municipalities.ToDictionary(municipality => Slug.Of(municipality.Name), StringComparer.Ordinal);
    private readonly Dictionary<string, Municipality> byCode = Definitions.Municipalities.ToDictionary(municipality => municipality.Code, StringComparer.Ordinal);

    /// <summary>The published measurements' results.</summary>
    public IReadOnlyList<MeasurementResult> Measurements { get; } = [.. Published.Select(view => view.Result)];

    /// <summary>Whether any figure is made up; then every page says so.</summary>
    public bool Synthetic => Benchmarks.Any(benchmark => benchmark.Content.Run.Synthetic) || Measurements.Any(result => result.Synthetic) || Figures.Vintages.Any(vintage => vintage.Synthetic);

    /// <summary>Whether something that should be shown cannot be read; then every page says so.</summary>
    public bool Incomplete => Faults.Any(fault => !fault.IsBridged);

    /// <summary>The municipality with a code or an address name.</summary>
    public Municipality? Municipality(string? codeOrSlug) =>
        codeOrSlug is null ? null : byCode.GetValueOrDefault(codeOrSlug) ?? bySlug.GetValueOrDefault(codeOrSlug);
}

/// <summary>What could not be read.</summary>
/// <param name="Place">File or folder.</param>
/// <param name="Problem">What is wrong with it.</param>
internal sealed record ContentFault(string Place, string Problem)
{
    /// <summary>Whether nothing is lacking for it: what was read earlier from the same place is shown.</summary>
    public bool IsBridged { get; init; }
}

/// <summary>A published measurement and the package that holds it.</summary>
/// <param name="Result">What it gives.</param>
/// <param name="Package">The package.</param>
internal sealed record MeasurementView(MeasurementResult Result, PublishedMeasurements Package);

/// <summary>A published benchmark and what pages need of it in each language.</summary>
internal sealed class BenchmarkView(PublishedContent content)
{
    private readonly ConcurrentDictionary<string, ReportModel> models = new(StringComparer.Ordinal);

    public PublishedContent Content => content;

    public string Id => content.Run.Spec.Id;

    /// <summary>The run arranged for a language.</summary>
    public ReportModel Model(CultureInfo culture) => models.GetOrAdd(culture.Name, _ => new ReportModel(content.Run, content.Definitions, culture));
}

/// <summary>A municipality's name as it stands in an address.</summary>
internal static class Slug
{
    public static string Of(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 4);
        foreach (var letter in name.ToLowerInvariant())
        {
            text.Append(letter switch
            {
                'æ' => "ae",
                'ø' => "oe",
                'å' => "aa",
                >= 'a' and <= 'z' or >= '0' and <= '9' => letter.ToString(),
                _ => "-",
            });
        }

        return text.ToString();
    }
}
