using Fikspunkt.Domain;
using Fikspunkt.DuckDb;

namespace Fikspunkt.Store;

/// <summary>Parquet files, as publications carry them beside their CSV.</summary>
public static class ParquetFiles
{
    /// <summary>Writes a CSV file (UTF-8, comma, header line, RFC 4180 quoting) as Parquet. Column types are found from all values; an empty unquoted cell is NULL.</summary>
    /// <exception cref="InputException">The CSV file cannot be read.</exception>
    public static void FromCsv(string csvPath, string parquetPath) => Run(csvPath, connection =>
    {
        using var command = connection.CreateCommand($"""
            COPY (SELECT * FROM read_csv({Literal(csvPath)}, header = true, delim = ',', quote = '"', escape = '"', sample_size = -1, all_varchar = false, null_padding = false, strict_mode = true, auto_type_candidates = ['BIGINT', 'DOUBLE', 'VARCHAR']))
            TO {Literal(parquetPath)} (FORMAT parquet)
            """);
        return command.ExecuteNonQuery();
    });

    /// <summary>Reads a Parquet file as rows of text; the first row holds the column names. NULL is the empty text; numbers are in the shortest invariant form.</summary>
    /// <exception cref="InputException">The file cannot be read.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> ToRows(string parquetPath) => Run(parquetPath, connection =>
    {
        using var command = connection.CreateCommand($"SELECT * FROM read_parquet({Literal(parquetPath)})");
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyList<string>> { Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray() };
        while (reader.Read())
        {
            var row = new string[reader.FieldCount];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = Text(reader.GetValue(column));
            }

            rows.Add(row);
        }

        return rows;
    });

    private static T Run<T>(string path, Func<DuckDbConnection, T> work)
    {
        try
        {
            using var connection = new DuckDbConnection(ConnectionStrings.For(":memory:"));
            connection.Open();
            return work(connection);
        }
        catch (DuckDbException exception) when (exception.Message.Contains("Error:", StringComparison.Ordinal))
        {
            throw new InputException(new InputProblem(Texts.FileUnreadable, path, Found: exception.Message), exception);
        }
    }

    private static string Text(object value) => value switch
    {
        DBNull => "",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
