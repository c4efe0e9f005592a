using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>The same command line on real Danish data.</summary>
public sealed class RealDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PublishedBenchmark_CsvAndJson_GiveTheSameHashAndResults()
    {
        var csv = Run("published-y30r21", RepositoryFiles.Shared("data", "y30r21", "y30r21.csv"), "csv");
        var json = Run("published-y30r21", RepositoryFiles.Shared("data", "y30r21", "y30r21-v2.json"), "json");
        Hash(json).ShouldBe(Hash(csv));
        File.ReadAllBytes(folder.File("json/results.csv")).ShouldBe(File.ReadAllBytes(folder.File("csv/results.csv")));
        csv.GetProperty("units").GetInt32().ShouldBe(98);
        Directory.GetFiles(folder.File("csv"), "*.zip").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("dst-unemployment")]
    [InlineData("dst-welfare")]
    public void OwnExpectation_OnStatisticsDenmarksFigures_Verifies(string model)
    {
        var run = Run(model, RepositoryFiles.Shared("data", "dst-municipalities", "dst-municipalities.csv"), "out");
        run.GetProperty("units").GetInt32().ShouldBe(98);
        run.GetProperty("synthetic").GetBoolean().ShouldBeFalse();
        FikspunktCommand.Run(folder.Path, "verify", Directory.GetFiles(folder.File("out"), "*.zip").Single()).ShouldEndWith(0);
    }

    private JsonElement Run(string model, string data, string target)
    {
        var answer = FikspunktCommand.Run(folder.Path, "benchmark", model, "--data", data, "--out", target, "--json").ShouldEndWith(0);
        return JsonDocument.Parse(answer.Output).RootElement;
    }

    private static string? Hash(JsonElement run) => run.GetProperty("vintages")[0].GetProperty("value_hash").GetString();
}
