using System.Globalization;
using Fikspunkt.Domain;
using Fikspunkt.Testing;

namespace Fikspunkt.Store.Tests;

public sealed class ParquetFilesTests
{
    [Fact]
    public void FromCsv_TextsNumbersAndEmptyCells_ComeBackAsText()
    {
        using var folder = new TemporaryFolder();
        double[] numbers = [0.1, 1e-7, -123456789.123456789, double.MaxValue, 5];
        string[] lines =
        [
            "municipality_code,municipality,value,rank,note",
            .. numbers.Select((number, i) => string.Create(CultureInfo.InvariantCulture, $"{101 + i},\"Ærø, \"\"øen\"\"\",{number:R},{i},")),
        ];
        File.WriteAllLines(folder.File("o'k.csv"), lines);

        ParquetFiles.FromCsv(folder.File("o'k.csv"), folder.File("o'k.parquet"));

        var rows = ParquetFiles.ToRows(folder.File("o'k.parquet"));
        rows[0].ShouldBe(["municipality_code", "municipality", "value", "rank", "note"]);
        rows.Count.ShouldBe(6);
        for (var i = 0; i < numbers.Length; i++)
        {
            rows[i + 1].ShouldBe([(101 + i).ToString(CultureInfo.InvariantCulture), "Ærø, \"øen\"", numbers[i].ToString("R", CultureInfo.InvariantCulture), i.ToString(CultureInfo.InvariantCulture), ""]);
        }
    }

    [Fact]
    public void FromCsv_CodesWithLeadingZero_StayText()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.csv"), "code\n001\n010\n");
        ParquetFiles.FromCsv(folder.File("a.csv"), folder.File("a.parquet"));
        ParquetFiles.ToRows(folder.File("a.parquet")).Select(row => row[0]).ShouldBe(["code", "001", "010"]);
    }

    [Fact]
    public void ToRows_BrokenOrMissingFile_IsAnInputFault()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.parquet"), "no parquet");
        foreach (var name in new[] { "a.parquet", "missing.parquet" })
        {
            Should.Throw<InputException>(() => ParquetFiles.ToRows(folder.File(name))).Problems.Single().File.ShouldBe(folder.File(name));
        }

        Should.Throw<InputException>(() => ParquetFiles.FromCsv(folder.File("missing.csv"), folder.File("b.parquet")));
    }
}
