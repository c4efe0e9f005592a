using System.Text;
using CsvHelper;

namespace Fikspunkt.Benchmarks.Publications;

/// <summary>The CSV form of a package: UTF-8 without mark, commas, LF, first line the column names, quotes only where needed.</summary>
internal static class PackageCsv
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static byte[] Write(ResultTable table)
    {
        using var stream = new MemoryStream();
        using (var text = new StreamWriter(stream, Utf8))
        using (var csv = CsvWriter.Create(text, new CsvWriterOptions { Separator = ',', NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteHeader(table.Columns.Select(column => column.Name).ToArray());
            foreach (var row in table.Rows)
            {
                foreach (var cell in row)
                {
                    csv.WriteField(ResultTable.Text(cell));
                }

                csv.EndRecord();
            }
        }

        return stream.ToArray();
    }

    /// <summary>All records, the column names first.</summary>
    /// <exception cref="FormatException">Not a CSV file of this form.</exception>
    public static IReadOnlyList<string[]> Read(byte[] bytes)
    {
        try
        {
            _ = Utf8.GetCharCount(bytes);
            var records = new List<string[]>();
            using var csv = CsvReader.Create(new MemoryStream(bytes), new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                SkipEmptyLines = false,
                OnMalformedRecord = record => throw new FormatException($"{record.LineNumber}: {record.Reason}"),
            });
            while (csv.Read())
            {
                records.Add(Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray());
            }

            return records;
        }
        catch (Exception e) when (e is DecoderFallbackException or CsvFormatException)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
