using System.Globalization;
using Fikspunkt.Benchmarks;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Measurements;

/// <summary>Measurements arranged for their report: what is shown of each, in what order, under which names.</summary>
internal sealed class MeasurementModel
{
    private const string Cluster = "klynge-";
    private readonly Dictionary<(string Measurement, string Area), MeasuredPosition> positions;
    private readonly ILookup<string, (MeasurementResult Result, Statement Statement)> statements;

    public MeasurementModel(IReadOnlyList<MeasurementResult> results, DefinitionSet definitions, CultureInfo culture)
    {
        (Results, Definitions, Culture) = (results, definitions, culture);
        Names = new Names(definitions, culture);
        Numbers = new ReportNumbers(culture);
        positions = results.SelectMany(result => Overall(result).Select(position => (result.Spec.Id, position))).ToDictionary(entry => (entry.Id, entry.position.Area), entry => entry.position);
        statements = results.SelectMany(result => result.Statements.Where(statement => statement.Area is not null).Select(statement => (result, statement))).ToLookup(entry => entry.statement.Area!, StringComparer.Ordinal);
        var collation = StringComparer.Create(culture, ignoreCase: true);
        Areas = [.. positions.Keys.Select(key => key.Area).Concat(statements.Select(area => area.Key)).Distinct().OrderBy(Names.Municipality, collation)];
    }

    public IReadOnlyList<MeasurementResult> Results { get; }

    public DefinitionSet Definitions { get; }

    public CultureInfo Culture { get; }

    public Names Names { get; }

    public ReportNumbers Numbers { get; }

    /// <summary>Every municipality that any measurement tells of, by name.</summary>
    public IReadOnlyList<string> Areas { get; }

    public bool Synthetic => Results.Any(result => result.Synthetic);

    /// <summary>Where the figures came from, each source once.</summary>
    public IEnumerable<VintageReference> Vintages => Results.SelectMany(result => result.Vintages).Distinct();

    /// <summary>The positions on the overall outcome in the latest period, by rank.</summary>
    public static IReadOnlyList<MeasuredPosition> Overall(MeasurementResult result)
    {
        if (result.Positions.Count == 0)
        {
            return [];
        }

        var own = result.Positions.Where(position => position.Outcome == result.Positions[0].Outcome).ToList();
        var latest = own.Max(position => position.Period);
        return [.. own.Where(position => position.Period == latest).OrderBy(position => position.Rank).ThenBy(position => position.Area, StringComparer.Ordinal)];
    }

    /// <summary>A municipality's position in a measurement; <see langword="null"/> where it has none.</summary>
    public MeasuredPosition? Position(MeasurementResult result, string area) => positions.GetValueOrDefault((result.Spec.Id, area));

    /// <summary>What the measurements say of a municipality.</summary>
    public IEnumerable<(MeasurementResult Result, Statement Statement)> Statements(string area) => statements[area];

    /// <summary>A remark of a measurement in words.</summary>
    public string Note(MeasurementResult result, RunNote note) =>
        Words.Note(note, result.Spec.Model is { } id && Definitions.Models.TryGetValue(id, out var model) ? new Names(model, Definitions, Culture) : Names);

    /// <summary>A verdict in words; a category's name where the measurement divides into categories; nothing where it has neither.</summary>
    public static string Verdict(MeasuredPosition position) => position switch
    {
        { Category: { } category } => Category(category),
        { Class: { } significance } => Class(significance),
        _ => "",
    };

    // A measurement's own rule says what is better; only differences of benefits are lower or higher.
    public static string Class(SignificanceClass significance) => significance switch
    {
        SignificanceClass.Better => Texts.MeasureClassBetter,
        SignificanceClass.Worse => Texts.MeasureClassWorse,
        _ => Texts.ClassAsExpected,
    };

    private static string Category(string id) => id.StartsWith(Cluster, StringComparison.Ordinal)
        ? Texts.MeasureCluster.With(id[Cluster.Length..])
        : Texts.ResourceManager.GetString("MeasureCategory_" + id.Replace('-', '_'), CultureInfo.CurrentUICulture) ?? id;
}
