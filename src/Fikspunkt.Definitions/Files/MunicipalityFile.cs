using System.Globalization;
using CsvHelper;
using Fikspunkt.Definitions.Reading;
using Fikspunkt.Domain;

namespace Fikspunkt.Definitions.Files;

/// <summary>A municipality and where its row stands.</summary>
internal sealed record PlacedMunicipality(Municipality Municipality, int Line);

/// <summary>Reads <c>municipalities.csv</c>.</summary>
internal static class MunicipalityFile
{
    private const char ListSeparator = '|';
    private const int LargestTile = 99;

    private static readonly string[] Columns =
        ["code", "name", "name_en", "aliases", "region", "province", "commuting_area", "neighbours", "tile_column", "tile_row"];

    public static IReadOnlyList<PlacedMunicipality> Read(string text, Context context)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = ',',
            HasHeader = false,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            OnMalformedRecord = bad => context.Problems.Add(new Place(context.File, (int)bad.LineNumber), Texts.BadQuotes, bad.RawRecord),
        });
        if (!reader.Read())
        {
            context.Problems.Add(new Place(context.File), Texts.EmptyFile);
            return [];
        }

        var header = Fields(reader);
        if (!CheckHeader(header, context))
        {
            return [];
        }

        var rows = new List<PlacedMunicipality>();
        while (reader.Read())
        {
            var record = Fields(reader);
            var line = (int)reader.LineNumber;
            if (record.Length == header.Length)
            {
                rows.Add(new PlacedMunicipality(new Row(name => record[Array.IndexOf(header, name)], line, context).Read(), line));
            }
            else
            {
                context.Problems.Add(
                    new Place(context.File, line),
                    Texts.WrongNumberOfFields,
                    record.Length.ToString(CultureInfo.InvariantCulture),
                    header.Length.ToString(CultureInfo.InvariantCulture));
            }
        }

        return rows;
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.GetString(i);
        }

        return fields;
    }

    private static bool CheckHeader(string[] header, Context context)
    {
        var correct = true;
        foreach (var column in header.Where(column => !Columns.Contains(column)))
        {
            context.Problems.Add(new Place(context.File, 1), Texts.UnknownColumn, column, Say.OneOf(column, Columns));
            correct = false;
        }

        foreach (var column in Columns.Where(column => header.Count(name => name == column) != 1))
        {
            context.Problems.Add(new Place(context.File, 1), header.Contains(column) ? Texts.DuplicateColumn : Texts.MissingColumn, expected: column);
            correct = false;
        }

        return correct;
    }

    private sealed class Row(Func<string, string> field, int line, Context context)
    {
        public Municipality Read()
        {
            var code = Code();
            var name = Text("name");
            var nameEn = field("name_en").Trim();
            var municipality = new Municipality(
                code,
                name,
                nameEn.Length > 0 ? nameEn : name,
                List("aliases"),
                Use("region", Named.Region),
                Use("province", Named.Province),
                Use("commuting_area", Named.CommutingArea),
                List("neighbours"),
                Tile("tile_column"),
                Tile("tile_row"));
            if (municipality.Neighbours.Count == 0)
            {
                Fault("neighbours", Texts.NoNeighbours);
            }

            foreach (var neighbour in municipality.Neighbours)
            {
                context.References.Use(Named.Municipality, neighbour, At("neighbours"));
            }

            return municipality;
        }

        private string Code()
        {
            var code = Text("code");
            if (code.Length != 3 || !code.All(char.IsAsciiDigit))
            {
                Fault("code", Texts.BadCode, code, Texts.ExpectedCode);
            }
            else
            {
                context.References.Define(Named.Municipality, code, At("code"));
            }

            return code;
        }

        private Place At(string column) => new(context.File, line, column);

        private void Fault(string column, string rule, string? found = null, string? expected = null) =>
            context.Problems.Add(At(column), rule, found, expected);

        private string Text(string column)
        {
            var text = field(column).Trim();
            if (text.Length == 0)
            {
                Fault(column, Texts.EmptyText);
            }

            return text;
        }

        private string Use(string column, Named kind)
        {
            var id = Text(column);
            if (id.Length > 0)
            {
                context.References.Use(kind, id, At(column));
            }

            return id;
        }

        private string[] List(string column)
        {
            var text = field(column).Trim();
            var items = text.Length == 0 ? [] : text.Split(ListSeparator, StringSplitOptions.TrimEntries);
            foreach (var item in items.GroupBy(item => item, StringComparer.Ordinal).Where(group => group.Key.Length == 0 || group.Count() > 1))
            {
                Fault(column, item.Key.Length == 0 ? Texts.EmptyText : Texts.TwiceInList, item.Key);
            }

            return items;
        }

        private int Tile(string column)
        {
            var text = field(column).Trim();
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= LargestTile)
            {
                return number;
            }

            Fault(column, Texts.WrongType, text, Texts.ExpectedRange.With(0, LargestTile));
            return 0;
        }
    }
}
