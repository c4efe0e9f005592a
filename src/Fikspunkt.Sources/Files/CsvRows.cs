using System.Text;
using CsvHelper;
using Fikspunkt.Domain;

namespace Fikspunkt.Sources.Files;

/// <summary>Delimited text: <c>;</c>, <c>,</c> or tab, fields quoted by the rules of RFC 4180.</summary>
internal sealed class CsvRows : RowReader
{
    private const int BufferSize = 1 << 18;

    // Longer than any row of a statistics table, and short enough that one unclosed quote cannot fill the memory.
    private const int LongestRecord = 1 << 20;

    private readonly string name;
    private readonly CsvReader reader;
    private bool ended;

    public CsvRows(InputFile file, FileEncoding encoding, char delimiter)
    {
        name = file.Name;
        reader = CsvReader.Create(file.Open(), new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            BufferSize = BufferSize,
            MaxRecordSize = LongestRecord,
            Encoding = encoding switch
            {
                FileEncoding.Windows1252 => CodePagesEncodingProvider.Instance.GetEncoding(1252),
                FileEncoding.Utf16 => Encoding.Unicode,
                _ => null,
            },
            OnMalformedRecord = Report,
        });
    }

    public override int FieldCount => ended ? 0 : reader.FieldCount;

    public override int Line => (int)Math.Min(reader.LineNumber, int.MaxValue);

    public override bool Read()
    {
        if (ended)
        {
            return false;
        }

        try
        {
            ended = !reader.Read();
        }
        catch (CsvFormatException e)
        {
            ended = true;
            Faults.Add(new InputProblem(Texts.RecordTooLong, name, e.LineNumber > 0 ? (int)e.LineNumber : null, Expected: Texts.RecordTooLongExpected));
        }

        return !ended;
    }

    public override ReadOnlySpan<byte> Field(int column) => column < reader.FieldCount ? reader.GetSpan(column) : default;

    protected override void Dispose(bool disposing) => reader.Dispose();

    private void Report(CsvMalformedRecord record)
    {
        // A quote inside an unquoted text is a quote.
        if (record.Reason != CsvMalformedReason.StrayQuote)
        {
            Faults.Add(new InputProblem(
                record.Reason == CsvMalformedReason.UnterminatedQuote ? Texts.QuoteNotClosed : Texts.TextAfterQuote,
                name,
                (int)record.LineNumber,
                Found: record.RawRecord));
        }
    }
}
