using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Sources.Files;
using Fikspunkt.Sources.Mapping;
using NodaTime;

namespace Fikspunkt.Sources.Tests.Files;

/// <summary>A small set of definitions with one table of each kind, and a way to read a file's observations without a store.</summary>
internal static class FileDefinitions
{
    public static DefinitionSet Set { get; } = Make();

    /// <summary>Reads a file as an import does, up to the store.</summary>
    public static (List<Observation> Observations, ImportedFile Summary) Read(string name, byte[] content, string? table = null, DefinitionSet? definitions = null)
    {
        var reader = new TableReader(definitions ?? Set);
        var found = new List<Observation>();
        var faults = new FaultList();
        var bound = reader.Bind(InputFile.FromBytes(name, content), table, CancellationToken.None);
        var summary = reader.Read(
            bound,
            (area, period, indicator, breakdown, value, status, raw, _) => found.Add(new Observation(area, period, indicator, breakdown, value, status, raw)),
            faults,
            CancellationToken.None);
        faults.ThrowIfAny();
        return (found, summary);
    }

    public static (List<Observation> Observations, ImportedFile Summary) Read(string name, string content, string? table = null) =>
        Read(name, Encoding.UTF8.GetBytes(content), table);

    /// <summary>The faults of a file that must have some.</summary>
    public static IReadOnlyList<InputProblem> Faults(string name, byte[] content, string? table = null) =>
        Should.Throw<InputException>(() => Read(name, content, table)).Problems;

    public static IReadOnlyList<InputProblem> Faults(string name, string content, string? table = null) => Faults(name, Encoding.UTF8.GetBytes(content), table);

    private static DefinitionSet Make()
    {
        string[] indicators = ["expected_persons", "expected_share_pct", "unemployment_pct", "population", "full_time_persons", "unemployed_persons"];
        TableDefinition[] tables =
        [
            Table("benchmark", [Area("area", "Område"), Time("period", "Periode"), Groups("benefit_group", "Ydelsesgrupper", "_ygrp")], [
                new("expected_persons", ["expected_persons", "Forventet antal"], "personer"),
                new("expected_share_pct", ["expected_share_pct", "Forventet andel (pct.)"], "pct."),
            ], null) with { HiddenMarkers = ["<3"] },
            Table("panel", [Area("municipality"), Time("year")], [], new(["indicator"], ["value"], [], ["unit"], new Dictionary<string, string>())),
            Table("made-up", [Area("area"), Time("period"), new(DimensionRole.Breakdown, "benefit_group", ["benefit_group"], new Dictionary<string, string>())], [], new(["indicator"], ["value"], ["status"], [], new Dictionary<string, string>())),
            Table("unemployed", [Area("OMRÅDE", "område"), Time("TID"), new(DimensionRole.Breakdown, "adjustment", ["SAESONFAK"], new Dictionary<string, string> { ["24"] = "", ["Faktiske tal"] = "", ["10"] = "adjusted" })], [new("unemployed_persons", ["INDHOLD"], "personer")], null),
        ];
        return new DefinitionSet(
            [
                Municipality("101", "København", "Copenhagen", "Københavns"), Municipality("147", "Frederiksberg"), Municipality("561", "Esbjerg"),
                Municipality("751", "Aarhus", "Aarhus", "Århus"), Municipality("820", "Vesthimmerlands", "Vesthimmerlands", "Vesthimmerland"), Municipality("825", "Læsø"),
            ],
            [new Area("000", AreaKind.Country, new("Hele landet", "All Denmark"), []), new Area("084", AreaKind.Region, new("Region Hovedstaden", "Capital Region"), [])],
            [Group("a-dagpenge", "A-dagpenge"), Group("kontanthjaelp", "Kontanthjælp")],
            indicators.ToDictionary(id => id, Indicator),
            tables.ToDictionary(table => table.Id),
            new Dictionary<string, ModelSpec>(),
            [],
            ["Uoplyst område"]);
    }

    private static TableDimension Area(params string[] names) => new(DimensionRole.Area, null, names, new Dictionary<string, string>());

    private static TableDimension Time(params string[] names) => new(DimensionRole.Period, null, names, new Dictionary<string, string>());

    private static TableDimension Groups(params string[] names) => new(DimensionRole.Breakdown, "benefit_group", names, new Dictionary<string, string>
    {
        ["Ydelsesgrupper i alt"] = "",
        ["A-dagpenge mv."] = "a-dagpenge",
        ["Kontanthjælp mv."] = "kontanthjaelp",
    });

    private static TableDefinition Table(string id, IReadOnlyList<TableDimension> dimensions, IReadOnlyList<TableMeasure> measures, TidyColumns? tidy) =>
        new(id, "file", new(id, id), "Test", "CC0", dimensions, measures, tidy, ["kommentar"]);

    private static Municipality Municipality(string code, string name, string? english = null, params string[] aliases) =>
        new(code, name, english ?? name, aliases, "084", "01", "kbh", [], 0, 0);

    private static BenefitGroup Group(string id, string name) => new(id, new(name, name), null, null, null, [], null, "test");

    private static Indicator Indicator(string id) =>
        new(id, new(id, id), new("", ""), 0, Direction.NotJudged, new("", ""), false, [], "Test", new LocalDate(2026, 11, 20), new("", ""));
}
