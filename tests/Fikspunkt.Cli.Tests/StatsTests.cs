using System.Text.Json;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary><c>fikspunkt stats</c> as a user runs it.</summary>
public sealed class StatsTests : IDisposable
{
    private const string Table = "unit,x,y\na,1,2\nb,2,4\nc,3,5\nd,4,4\ne,5,7\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Stats_Method_PrintsDanishTablesAndInvariantJson()
    {
        File.WriteAllText(folder.File("data.csv"), "week,left\n1,1\n2,1\n3,0\n4,1\n");
        var text = FikspunktCommand.Run(folder.Path, "stats", "kaplan-meier", "--input", "data.csv", "--time", "week", "--event", "left").ShouldEndWith(0);
        text.Output.ShouldContain("0,75");
        text.Error.ShouldBeEmpty();
        var json = FikspunktCommand.Run(folder.Path, "stats", "kaplan-meier", "--input", "data.csv", "--time", "week", "--event", "left", "--json").ShouldEndWith(0);
        using var document = JsonDocument.Parse(json.Output);
        document.RootElement.GetProperty("curve").GetProperty("surv").EnumerateArray().Select(value => value.GetDouble()).ShouldBe([0.75, 0.5, 0.5, 0]);
        document.RootElement.GetProperty("curve").GetProperty("lower_log")[3].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Stats_SemicolonsAndDecimalComma_ReadAsTheSameNumbers()
    {
        File.WriteAllText(folder.File("uk.csv"), "week,left\n1.5,1\n2.25,1\n3,0\n");
        File.WriteAllText(folder.File("dk.csv"), "\uFEFFweek;left\r\n1,5;1\r\n2,25;1\r\n3;0\r\n");
        string Run(string file) => FikspunktCommand.Run(folder.Path, "stats", "kaplan-meier", "--input", file, "--time", "week", "--event", "left", "--json").ShouldEndWith(0).Output;
        Run("dk.csv").ShouldBe(Run("uk.csv"));
    }

    [Theory]
    [InlineData("stats", "kommando")]
    [InlineData("stats no-such-method", "no-such-method")]
    [InlineData("stats kaplan-meier --time x --event y", "--input")]
    [InlineData("stats kaplan-meier --input data.csv --event y", "--time")]
    [InlineData("stats kaplan-meier --input none.csv --time x --event y", "none.csv")]
    [InlineData("stats kaplan-meier --input data.csv --time z --event y", "data.csv(1)")]
    [InlineData("stats kaplan-meier --input data.csv --time unit --event y", "data.csv(2, unit)")]
    [InlineData("stats kaplan-meier --input data.csv --time x --event y --horizon long", "horizon")]
    [InlineData("stats piecewise-exponential --input data.csv --time x --event x --cuts 3,one", "cuts")]
    [InlineData("stats dea --input data.csv --inputs x --outputs y --technology magic", "technology")]
    [InlineData("stats check", "cases")]
    [InlineData("stats check nowhere", "case.json")]
    public void Stats_WrongUse_OneClearLine_ExitCodeTwo(string line, string named)
    {
        File.WriteAllText(folder.File("data.csv"), Table);
        var answer = FikspunktCommand.Run(folder.Path, line.Split(' ')).ShouldEndWith(2);
        answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem().ShouldContain(named);
        answer.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("unit,x\na,1\nb\n", "data.csv(3)")]
    [InlineData("unit,x,x\na,1,1\n", "data.csv(1)")]
    [InlineData("unit,x\n", "data.csv")]
    [InlineData("unit,x\na,\"1\n", "data.csv")]
    [InlineData("{\"x\": 1}", "data.csv")]
    public void Stats_BrokenTable_IsRefusedWithItsPlace(string content, string place)
    {
        File.WriteAllText(folder.File("data.csv"), content);
        var answer = FikspunktCommand.Run(folder.Path, "stats", "kaplan-meier", "--input", "data.csv", "--time", "x", "--event", "x").ShouldEndWith(2);
        answer.Error.ShouldContain(place);
    }

    [Fact]
    public void Check_CaseThatHolds_EndsWithZero_OneThatDiffersOrIsNotComputed_WithOne()
    {
        WriteCase("right", "{\"n\": 3, \"events\": 2, \"curve\": {\"surv\": [0.6666666667, 0.3333333333, 0.3333333333]}, \"not_compared\": 1, \"peer_note\": {\"package\": \"other 1.0\"}}");
        WriteCase("wrong", "{\"n\": 3, \"curve\": {\"surv\": [0.6666666667, 0.5, null]}, \"median_of_something\": 4}");
        FikspunktCommand.Run(folder.Path, "stats", "check", "right").ShouldEndWith(0).Output.ShouldContain("curve.surv");
        var answer = FikspunktCommand.Run(folder.Path, "stats", "check", "wrong", "right", "--json").ShouldEndWith(1);
        using var document = JsonDocument.Parse(answer.Output);
        var wrong = document.RootElement[0];
        wrong.GetProperty("passes").GetBoolean().ShouldBeFalse();
        var verdicts = wrong.GetProperty("quantities").EnumerateArray().ToDictionary(quantity => quantity.GetProperty("quantity").GetString()!, quantity => quantity.GetProperty("verdict").GetString());
        verdicts.ShouldBe(new Dictionary<string, string?> { ["n"] = "within", ["curve.surv"] = "differs", ["median_of_something"] = "not_computed" });
        wrong.GetProperty("quantities")[1].GetProperty("first_fault").GetString()!.ShouldStartWith("curve.surv.1: ");
        document.RootElement[1].GetProperty("passes").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Check_BrokenCase_SaysWhereAndEndsWithTwo()
    {
        WriteCase("broken", "{\"n\": 3,\n oops");
        FikspunktCommand.Run(folder.Path, "stats", "check", "broken").ShouldEndWith(2).Error.ShouldContain("expected.json(2)");
    }

    [Fact]
    public void Check_MethodThatIsUnknownOrInputThatCannotBeUsed_IsNotComputedAndEndsWithOne()
    {
        WriteCase("unknown", "{\"n\": 3}");
        File.WriteAllText(folder.File(Path.Combine("unknown", "case.json")), """{"method": "astrology"}""");
        WriteCase("unusable", "{\"n\": 3}");
        File.WriteAllText(folder.File(Path.Combine("unusable", "input.csv")), "t,e\none,1\n");
        var answer = FikspunktCommand.Run(folder.Path, "stats", "check", "unknown", "unusable").ShouldEndWith(1);
        answer.Output.ShouldContain("astrology");
        answer.Output.ShouldContain("input.csv(2, t)");
    }

    private void WriteCase(string name, string expected)
    {
        var path = Directory.CreateDirectory(folder.File(name)).FullName;
        File.WriteAllText(Path.Combine(path, "case.json"), """{"method": "kaplan-meier", "time": "t", "event": "e", "options": {}, "compare": [{"path": "curve.*", "relative": 1e-9, "absolute": 0}], "skip": ["not_*"]}""");
        File.WriteAllText(Path.Combine(path, "input.csv"), "t,e\n1,1\n2,1\n3,0\n");
        File.WriteAllText(Path.Combine(path, "expected.json"), expected);
    }
}
