using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Measurements;
using Fikspunkt.Domain.Models;
using static Fikspunkt.Benchmarks.Publications.ColumnKind;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>What goes into a package so that its run can be computed again from nothing else.</summary>
internal static class PackageInputs
{
    public const string Table = "inputs/observations";

    /// <summary>The observations that the model reads: its indicators and breakdowns, municipalities only, ordered as the store orders them, without raw texts.</summary>
    public static IReadOnlyList<Observation> Used(ModelSpec spec, DefinitionSet definitions, IEnumerable<Observation> observations)
    {
        var cells = Cells(spec).ToHashSet();
        return Ordered(definitions, observations.Where(o => cells.Contains((o.Indicator, o.Breakdown))));
    }

    /// <summary>The municipalities' observations, ordered as the store orders them, without raw texts.</summary>
    public static IReadOnlyList<Observation> Ordered(DefinitionSet definitions, IEnumerable<Observation> observations)
    {
        var municipalities = definitions.Municipalities.Select(m => m.Code).ToHashSet();
        return observations
            .Where(o => municipalities.Contains(o.Area))
            .Select(o => o with { Raw = null })
            .OrderBy(o => o.Indicator, StringComparer.Ordinal)
            .ThenBy(o => o.Breakdown, StringComparer.Ordinal)
            .ThenBy(o => o.Area, StringComparer.Ordinal)
            .ThenBy(o => o.Period)
            .ToList();
    }

    /// <summary>The definitions that the run and its report use. Reducing again changes nothing.</summary>
    public static DefinitionSet Reduce(BenchmarkRun run, DefinitionSet definitions)
    {
        var spec = run.Spec;
        var indicators = Cells(spec).Select(cell => cell.Indicator).ToHashSet();
        return definitions with
        {
            Indicators = ById(definitions.Indicators.Where(entry => indicators.Contains(entry.Key))),
            Tables = ById(definitions.Tables.Where(entry => spec.Tables.Contains(entry.Key))),
            Models = ById<ModelSpec>([]),
            Breaks = definitions.Breaks.Where(entry => run.Breaks.Contains(entry.Id)).ToList(),
            IgnoredLabels = [],
            Measurements = ById<MeasurementSpec>([]),
        };
    }

    public static ResultTable ToTable(IReadOnlyList<Observation> observations, string name = Table) => ResultTable.Of(
        name,
        observations,
        ("indicator", Text, o => o.Indicator),
        ("breakdown", Text, o => o.Breakdown),
        ("municipality_code", Text, o => o.Area),
        ("period", Text, o => o.Period.ToString()),
        ("value", Number, o => o.Value),
        ("status", Text, o => ResultTables.Word(o.Status)));

    /// <summary>Reads the rows of <see cref="ToTable"/> back.</summary>
    /// <exception cref="FormatException">A row is not of that form; the message names line and column.</exception>
    public static IReadOnlyList<Observation> FromRecords(IReadOnlyList<string[]> records)
    {
        string[] columns = ["indicator", "breakdown", "municipality_code", "period", "value", "status"];
        if (records.Count == 0 || !records[0].SequenceEqual(columns))
        {
            throw new FormatException($"1: {string.Join(',', columns)}");
        }

        var statuses = Enum.GetValues<ObservationStatus>().ToDictionary(ResultTables.Word);
        return records.Skip(1).Select((record, i) =>
        {
            var line = i + 2;
            if (record.Length != columns.Length)
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{line}: {record.Length} fields"));
            }

            if (!Period.TryParse(record[3], out var period))
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{line}, period: {record[3]}"));
            }

            var number = double.NaN;
            if (record[4].Length > 0 && !double.TryParse(record[4], NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            {
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{line}, value: {record[4]}"));
            }

            return statuses.TryGetValue(record[5], out var status)
                ? new Observation(record[2], period, record[0], record[1], record[4].Length > 0 ? number : null, status)
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{line}, status: {record[5]}"));
        }).ToList();
    }

    /// <summary>The indicators and breakdowns that a model reads.</summary>
    public static IEnumerable<(string Indicator, string Breakdown)> Cells(ModelSpec spec)
    {
        foreach (var outcome in spec.Outcomes)
        {
            string?[] indicators =
            [
                outcome.Indicator,
                outcome.ExpectedIndicator,
                outcome.RankIndicator,
                spec.PublishedFigures?.ActualShare,
                spec.PublishedFigures?.ExpectedShare,
                spec.PublishedFigures?.DifferencePersons,
                spec.PublishedFigures?.DifferenceShare,
            ];
            foreach (var indicator in indicators.OfType<string>())
            {
                yield return (indicator, outcome.Breakdown);
            }
        }

        yield return (spec.Exposure.Indicator, spec.Exposure.Breakdown);
        foreach (var covariate in spec.Covariates)
        {
            yield return (covariate.Indicator, covariate.Breakdown);
        }
    }

    /// <summary>Definitions by id.</summary>
    public static SortedDictionary<string, T> ById<T>(IEnumerable<KeyValuePair<string, T>> entries) =>
        new(entries.ToDictionary(entry => entry.Key, entry => entry.Value), StringComparer.Ordinal);
}
