using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;

namespace Fikspunkt.Sources.Mapping;

/// <summary>A file whose columns are bound to a table.</summary>
internal sealed record BoundFile(InputFile File, FileScan Scan, Layout Layout, TableNames Names, TableBinding Binding);

/// <summary>Finds the header of a file, and with it the table, the delimiter and the sheet.</summary>
internal sealed class HeaderFinder(DefinitionSet definitions, ValueResolver resolver)
{
    private const int MostHeadRows = 60;
    private const int MostColumns = 2_000;
    private const int MostSheets = 20;

    private static readonly char[] Delimiters = [';', ',', '\t'];

    private sealed record Candidate(Layout Layout, TableNames Names, BindingAttempt Attempt, IReadOnlyList<HeadRow> Rows);

    /// <summary>Binds the file to <paramref name="table"/>, or to the table that its columns fit when none is named.</summary>
    /// <exception cref="InputException">No table fits, or several.</exception>
    public BoundFile Find(InputFile file, FileScan scan, string? table)
    {
        var tables = Tables(table).ToList();
        var fitting = new List<Candidate>();
        Candidate? nearest = null;
        foreach (var layout in Layouts(file, scan))
        {
            var (heads, rows) = ReadHead(layout);
            foreach (var names in tables)
            {
                foreach (var attempt in Attempts(names, file.Name, rows, heads))
                {
                    var candidate = new Candidate(layout, names, attempt, rows);
                    if (attempt.Binding is not null)
                    {
                        fitting.Add(candidate);
                        break;
                    }

                    nearest = nearest is null || IsNearer(attempt, nearest.Attempt) ? candidate : nearest;
                }
            }
        }

        if (fitting.Count == 0)
        {
            throw nearest is { Attempt.Score: > 1 }
                ? new InputException([.. nearest.Attempt.Problems.Take(FaultList.Most)])
                : new InputException(new InputProblem(Texts.HeaderNotFound, file.Name, Expected: Expected(tables)));
        }

        var chosen = Choose(file, fitting);
        return new BoundFile(file, scan, chosen.Layout, chosen.Names, chosen.Attempt.Binding!);
    }

    private IEnumerable<TableNames> Tables(string? table)
    {
        if (table is null)
        {
            return definitions.Tables.Values.Select(definition => new TableNames(definition, definitions));
        }

        return definitions.Tables.TryGetValue(table.ToLowerInvariant(), out var named)
            ? [new TableNames(named, definitions)]
            : throw new InputException(new InputProblem(Texts.TableUnknownHere, Found: table, Expected: Labels.Nearest(table, definitions.Tables.Keys) ?? string.Join(", ", definitions.Tables.Keys)));
    }

    private static IEnumerable<Layout> Layouts(InputFile file, FileScan scan)
    {
        switch (scan.Form)
        {
            case FileForm.Xlsx:
                var sheets = Math.Min(MostSheets, XlsxRows.CountSheets(file));
                return Enumerable.Range(0, sheets).Select(sheet => new Layout("XLSX", null, () => new XlsxRows(file, sheet)));
            case FileForm.Json:
                return [new Layout("JSON", null, () => JsonTables.Open(file, scan))];
            default:
                return Delimiters.Select(delimiter => new Layout("CSV", delimiter, () => new CsvRows(file, scan.Encoding, delimiter)));
        }
    }

    private static (IReadOnlyList<ColumnHead>? Heads, List<HeadRow> Rows) ReadHead(Layout layout)
    {
        using var reader = layout.Open();
        var rows = new List<HeadRow>();
        while (rows.Count < MostHeadRows && reader.Read())
        {
            var cells = new string[Math.Min(reader.FieldCount, MostColumns)];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = Encoding.UTF8.GetString(reader.Field(i)).Trim();
            }

            rows.Add(new HeadRow(reader.Line, cells));
        }

        return rows.Count == 0 && reader.Faults.Count > 0 ? throw new InputException([.. reader.Faults.Take(FaultList.Most)]) : (reader.Heads, rows);
    }

    private IEnumerable<BindingAttempt> Attempts(TableNames names, string file, IReadOnlyList<HeadRow> rows, IReadOnlyList<ColumnHead>? heads)
    {
        if (heads is not null)
        {
            return [HeaderBinder.Try(names, resolver, file, rows, -1, heads)];
        }

        return Enumerable.Range(0, rows.Count).Where(i => rows[i].Cells.Count > 1).Select(i => HeaderBinder.Try(names, resolver, file, rows, i, null));
    }

    private static bool IsNearer(BindingAttempt attempt, BindingAttempt than) =>
        attempt.Score != than.Score ? attempt.Score > than.Score : attempt.Problems.Count < than.Problems.Count;

    // A table in its own shape before one in the other; then the one that the titles or the file's name mention; then the one that
    // the file holds whole. Anything less (many tables of jobindsats have the same columns) would be a guess at whose numbers they are.
    private static Candidate Choose(InputFile file, List<Candidate> fitting)
    {
        var shaped = fitting.Exists(candidate => candidate.Attempt.Binding!.HasOwnShape) ? fitting.FindAll(candidate => candidate.Attempt.Binding!.HasOwnShape) : fitting;
        var tables = shaped.DistinctBy(candidate => candidate.Names.Table.Id).ToList();
        return Only(tables)
            ?? Only(tables.FindAll(candidate => IsMentioned(candidate, file)))
            ?? Only(tables.FindAll(candidate => candidate.Attempt.Binding!.Absent.Count == 0))
            ?? throw new InputException(new InputProblem(Texts.TableAmbiguous, file.Name, Expected: string.Join(Texts.Or, tables.Select(candidate => candidate.Names.Table.Id))));
    }

    private static Candidate? Only(List<Candidate> candidates) => candidates.Count == 1 ? candidates[0] : null;

    private static bool IsMentioned(Candidate candidate, InputFile file) =>
        candidate.Rows.Take(Math.Max(0, candidate.Attempt.Binding!.HeaderRows - 1)).SelectMany(row => row.Cells).Append(Path.GetFileName(file.Name))
            .Any(text => text.Contains(candidate.Names.Table.Id, StringComparison.OrdinalIgnoreCase));

    private static string Expected(List<TableNames> tables) => tables.Count == 1
        ? string.Join(", ", tables[0].Table.Dimensions.Select(dimension => dimension.Names[0])
            .Concat(tables[0].Table.Tidy is { } tidy ? [tidy.Indicator[0], tidy.Value[0]] : tables[0].Table.Measures.Select(measure => measure.Names[0])))
        : Texts.HeaderOfAnyTable.With(string.Join(", ", tables.Select(names => names.Table.Id)));
}
