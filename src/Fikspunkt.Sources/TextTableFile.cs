using System.Text;
using Fikspunkt.Domain;
using Fikspunkt.Sources.Files;
using Fikspunkt.Sources.Mapping;

namespace Fikspunkt.Sources;

/// <summary>Reads a CSV file or the first sheet of a workbook as a table of texts, whatever it is about.</summary>
public static class TextTableFile
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>Reads the file. Its first row is the header.</summary>
    /// <exception cref="InputException">The file is missing, has another form, has no rows, a column twice or without a name, or a row of another length.</exception>
    public static TextTable Read(string path, CancellationToken cancellationToken = default)
    {
        var file = InputFile.FromPath(path);
        var scan = FileScan.Of(file, cancellationToken);
        return scan.Form switch
        {
            FileForm.Csv => ReadCsv(file, scan, cancellationToken),
            FileForm.Xlsx => Read(file, new XlsxRows(file, 0), mayHaveComma: false, cancellationToken),
            _ => throw new InputException(new InputProblem(Texts.WrongForm, path, Expected: Texts.TableFormExpected)),
        };
    }

    private static TextTable ReadCsv(InputFile file, FileScan scan, CancellationToken cancellationToken)
    {
        // The delimiter is the one that parts the header most often.
        var delimiter = Delimiters.MaxBy(candidate =>
        {
            using var rows = new CsvRows(file, scan.Encoding, candidate);
            return rows.Read() ? rows.FieldCount : 0;
        });
        return Read(file, new CsvRows(file, scan.Encoding, delimiter), mayHaveComma: delimiter != ',', cancellationToken);
    }

    private static TextTable Read(InputFile file, RowReader reader, bool mayHaveComma, CancellationToken cancellationToken)
    {
        using var rows = reader;
        var faults = new FaultList();
        var columns = Header(file, rows, faults);
        var cells = Array.ConvertAll(columns, _ => new List<string>());
        var lines = new List<int>();
        var hasComma = false;
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            faults.TakeFrom(rows);
            if (IsBlank(rows))
            {
                continue;
            }

            // A workbook's rows end at their last filled cell.
            if (rows.FieldCount > columns.Length || (rows is CsvRows && rows.FieldCount < columns.Length))
            {
                faults.Add(new InputProblem(Texts.RaggedRow, file.Name, rows.Line, Found: Texts.CellCount.With(rows.FieldCount), Expected: Texts.CellCount.With(columns.Length)));
                continue;
            }

            lines.Add(rows.Line);
            for (var i = 0; i < columns.Length; i++)
            {
                var text = Encoding.UTF8.GetString(rows.Field(i)).Trim();
                hasComma |= mayHaveComma && NumberText.Evidence(rows.Field(i)) == DecimalMark.Comma;
                cells[i].Add(text);
            }
        }

        faults.TakeFrom(rows);
        if (lines.Count == 0)
        {
            faults.Add(new InputProblem(Texts.NoRows, file.Name));
        }

        faults.ThrowIfAny();
        return new TextTable(file.Name, columns, [.. cells.Select(column => column.ToArray())], [.. lines], hasComma);
    }

    private static string[] Header(InputFile file, RowReader rows, FaultList faults)
    {
        var columns = new List<string>();
        if (rows.Read())
        {
            for (var i = 0; i < rows.FieldCount; i++)
            {
                var name = Encoding.UTF8.GetString(rows.Field(i)).Trim().TrimStart('\uFEFF');
                if (name.Length == 0)
                {
                    faults.Add(new InputProblem(Texts.ColumnNameless, file.Name, rows.Line, (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
                }
                else if (columns.Contains(name))
                {
                    faults.Add(new InputProblem(Texts.ColumnTwice, file.Name, rows.Line, Found: name));
                }

                columns.Add(name);
            }
        }

        faults.TakeFrom(rows);
        return [.. columns];
    }

    private static bool IsBlank(RowReader rows)
    {
        for (var i = 0; i < rows.FieldCount; i++)
        {
            if (!rows.Field(i).IsEmpty)
            {
                return false;
            }
        }

        // A table of one column may have a missing value on a line of its own.
        return rows.FieldCount != 1 || rows is not CsvRows;
    }
}
