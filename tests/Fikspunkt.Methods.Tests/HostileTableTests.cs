using System.Globalization;
using Fikspunkt.Domain;

namespace Fikspunkt.Methods.Tests;

/// <summary>Each method's example with its table spoilt: an answer or a fault in the user's words, and nothing else.</summary>
public sealed class HostileTableTests
{
    private static readonly (string Name, Func<TextTable, int, TextTable> Spoil)[] Ways =
    [
        ("one row", (table, _) => Rows(table, 1)),
        ("two rows", (table, _) => Rows(table, 2)),
        ("three rows", (table, _) => Rows(table, 3)),
        ("column constant", (table, column) => Column(table, column, (_, _) => "1")),
        ("column zero", (table, column) => Column(table, column, (_, _) => "0")),
        ("column negative", (table, column) => Column(table, column, (cell, _) => "-" + cell.TrimStart('-'))),
        ("column huge", (table, column) => Column(table, column, (_, row) => row % 2 == 0 ? "1e300" : "2e300")),
        ("column tiny", (table, column) => Column(table, column, (_, row) => row % 2 == 0 ? "1e-300" : "2e-300")),
        ("one huge cell", (table, column) => Column(table, column, (cell, row) => row == 1 ? "1e200" : cell)),
        ("column with fractions", (table, column) => Column(table, column, (_, row) => (row + 0.5).ToString(CultureInfo.InvariantCulture))),
        ("column empty", (table, column) => Column(table, column, (_, _) => "")),
        ("a cell not a number", (table, column) => Column(table, column, (cell, row) => row == 2 ? "NaN" : cell)),
        ("a cell infinite", (table, column) => Column(table, column, (cell, row) => row == 2 ? "Infinity" : cell)),
        ("all rows the same", (table, _) => table with { Cells = [.. table.Cells.Select(cells => Array.ConvertAll(cells, _ => cells[0]))] }),
        ("rows turned", (table, _) => table with { Cells = [.. table.Cells.Select(cells => cells.Reverse().ToArray())] }),
    ];

    public static TheoryData<string> Names { get; } = [.. Catalogue.All.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Method_SpoiltTable_AnswersOrRefusesInWords(string name)
    {
        var method = Catalogue.Find(name);
        var (table, settings) = CatalogueTests.ExampleOf(method);
        foreach (var few in (string[])["replications", "draws"])
        {
            // Enough to pass through every branch.
            settings.Remove(few);
            if (method.Parameters.Any(parameter => parameter.Name == few))
            {
                settings[few] = "60";
            }
        }

        var faults = new List<string>();
        var columns = settings.Values.SelectMany(value => value!.ToString().Split(',')).Select(text => table.IndexOf(text)).Where(column => column >= 0).Distinct().ToList();
        foreach (var (way, spoil) in Ways)
        {
            foreach (var column in way.Contains("row", StringComparison.Ordinal) && !way.Contains("column", StringComparison.Ordinal) ? [0] : columns)
            {
                try
                {
                    var quantities = Catalogue.Run(method, new MethodInput(spoil(table, column), settings));
                    QuantityTree.Leaves(quantities).Count().ShouldBeGreaterThan(0);
                }
                catch (InputException e)
                {
                    e.Problems[0].ToString().ShouldNotBeNullOrWhiteSpace();
                }
#pragma warning disable CA1031 // Whatever else escapes is what this test looks for.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    faults.Add($"{way}, {table.Columns[column]}: {e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n')[0]}");
                }
            }
        }

        faults.ShouldBeEmpty();
    }

    private static TextTable Rows(TextTable table, int count) => table with { Cells = [.. table.Cells.Select(cells => cells[..count])], Lines = table.Lines[..count] };

    private static TextTable Column(TextTable table, int column, Func<string, int, string> change) =>
        table with { Cells = [.. table.Cells.Select((cells, i) => i == column ? cells.Select(change).ToArray() : cells)] };
}
