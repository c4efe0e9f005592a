using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Fikspunkt.Benchmarks.Measurements;
using Fikspunkt.Domain;

namespace Fikspunkt.Reports.Measurements;

/// <summary>Writes a measurement's tables as CSV and JSON, for programs.</summary>
/// <remarks>Shares are in per cent and differences of shares in percentage points, numbers with the fewest digits that read back to the same double;
/// a number that does not exist is an empty cell (JSON: null). Municipalities have their code and their official Danish name.</remarks>
public static class MeasurementFiles
{
    private static readonly NumberFormatInfo DecimalComma = new() { NumberDecimalSeparator = "," };

    /// <summary>Writes one table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="definitions">For the municipalities' names.</param>
    /// <param name="writer">Where to; stays open.</param>
    /// <param name="form">Which form.</param>
    public static void WriteCsv(MeasurementTable table, DefinitionSet definitions, TextWriter writer, CsvForm form)
    {
        var danish = form == CsvForm.Danish;
        if (danish)
        {
            writer.Write('\uFEFF');
        }

        var names = definitions.Municipalities.ToDictionary(municipality => municipality.Code, municipality => municipality.Name, StringComparer.Ordinal);
        IFormatProvider provider = danish ? DecimalComma : CultureInfo.InvariantCulture;
        var options = new CsvWriterOptions { Separator = danish ? ';' : ',', NewLine = danish ? "\r\n" : "\n", FormatProvider = provider, Injection = CsvInjection.Escape };
        using var csv = CsvWriter.Create(writer, options, leaveOpen: true);
        csv.WriteHeader([.. table.Columns.SelectMany(column => column.Kind == ColumnKind.Area ? [column.Id, column.Id + "_name"] : (string[])[column.Id])]);
        foreach (var row in table.Rows)
        {
            for (var i = 0; i < row.Count; i++)
            {
                Cell(csv, Plain(row[i], table.Columns[i].Kind), provider);
                if (table.Columns[i].Kind == ColumnKind.Area)
                {
                    csv.WriteField(row[i] is string area ? names.GetValueOrDefault(area, area) : "");
                }
            }

            csv.EndRecord();
        }
    }

    /// <summary>Positions, tables and sentences of measurements as JSON.</summary>
    public static void WriteJson(Utf8JsonWriter writer, IEnumerable<MeasurementResult> results)
    {
        writer.WriteStartArray();
        foreach (var result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("measurement", result.Spec.Id);
            writer.WriteBoolean("synthetic", result.Synthetic);
            writer.WriteStartObject("tables");
            foreach (var table in (MeasurementTable[])[PositionTable.Of(result), .. result.Tables])
            {
                WriteTable(writer, table);
            }

            writer.WriteEndObject();
            writer.WriteStartArray("statements");
            foreach (var statement in result.Statements)
            {
                writer.WriteStartObject();
                writer.WriteString("area", statement.Area);
                writer.WriteString("kind", statement.Kind);
                writer.WriteString("da", statement.Text.Da);
                writer.WriteString("en", statement.Text.En);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter writer, MeasurementTable table)
    {
        writer.WriteStartArray(table.Id);
        foreach (var row in table.Rows)
        {
            writer.WriteStartObject();
            for (var i = 0; i < row.Count; i++)
            {
                writer.WritePropertyName(table.Columns[i].Id);
                switch (Plain(row[i], table.Columns[i].Kind))
                {
                    case double number:
                        writer.WriteNumberValue(number);
                        break;
                    case decimal money:
                        writer.WriteNumberValue(money);
                        break;
                    case int count:
                        writer.WriteNumberValue(count);
                        break;
                    case string text:
                        writer.WriteStringValue(text);
                        break;
                    default:
                        writer.WriteNullValue();
                        break;
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Shares leave as per cent, as everywhere in files; texts in Danish, the official language of the names.
    private static object? Plain(object? cell, ColumnKind kind) => cell switch
    {
        double number when !double.IsFinite(number) => null,
        double number when kind is ColumnKind.Share or ColumnKind.Points => 100 * number,
        LocalizedText text => text.Da,
        _ => cell,
    };

    private static void Cell(CsvWriter csv, object? value, IFormatProvider provider)
    {
        switch (value)
        {
            case double number:
                csv.WriteField(number, "R", provider);
                break;
            case decimal money:
                csv.WriteField(money, "0.##", provider);
                break;
            case int count:
                csv.WriteField(count, default, CultureInfo.InvariantCulture);
                break;
            default:
                csv.WriteField(value as string ?? "");
                break;
        }
    }
}
