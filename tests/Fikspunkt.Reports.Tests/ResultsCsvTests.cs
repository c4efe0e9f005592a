using System.Globalization;
using System.Text;
using Fikspunkt.Benchmarks;

namespace Fikspunkt.Reports.Tests;

public class ResultsCsvTests
{
    [Fact]
    public void Write_Standard_HasTheAgreedColumnsAndOneLineForEachResult()
    {
        var run = FakeRun.Create();

        var lines = Write(run, CsvForm.Standard).TrimEnd('\n').Split('\n');

        lines[0].ShouldBe("municipality_code,municipality,outcome,period,actual,expected,difference,se,lower,upper,rank,rank_lower,rank_upper,rank_lower_simultaneous,rank_upper_simultaneous,class,shrunken");
        lines.Length.ShouldBe(run.Results.Count + 1);
    }

    [Theory]
    [InlineData("da-DK")]
    [InlineData("en-GB")]
    public void Write_Standard_NumbersReadBackToTheSameDouble(string language)
    {
        using var set = new Language(language);
        var run = FakeRun.Create();

        var rows = Rows(Write(run, CsvForm.Standard), ',', '\n');

        foreach (var result in run.Results)
        {
            var row = rows[(result.Area, result.Outcome, result.Period.ToString())];
            double[] expected = [result.Actual, result.Expected, result.Difference, result.StandardError, result.Lower, result.Upper];
            row[4..10].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ShouldBe(expected.Select(share => 100 * share));
            row[10..15].ShouldBe(new[] { result.Rank, result.RankLower, result.RankUpper, result.RankLowerSimultaneous, result.RankUpperSimultaneous }.Select(rank => rank.ToString(CultureInfo.InvariantCulture)));
            row[15].ShouldBe(ResultsCsv.ClassId(result.Class));
            double.Parse(row[16], CultureInfo.InvariantCulture).ShouldBe(100 * result.Shrunken);
        }
    }

    [Fact]
    public void Write_Always_OrdersByOutcomePeriodRankCode()
    {
        var run = FakeRun.Create();

        var rows = Write(run, CsvForm.Standard).TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(',')).ToList();

        rows.Select(row => row[2]).Distinct().ShouldBe(["a-dagpenge", "kontanthjaelp", "sygedagpenge", "total"]);
        rows.GroupBy(row => (row[2], row[3])).ShouldAllBe(group => group.Select(row => int.Parse(row[10], CultureInfo.InvariantCulture)).SequenceEqual(group.Select(row => int.Parse(row[10], CultureInfo.InvariantCulture)).Order()));
        rows.Select(row => (Outcome: row[2], Period: row[3])).Distinct().Count().ShouldBe(8);
    }

    [Fact]
    public void Write_Danish_UsesSemicolonDecimalCommaAndByteOrderMark()
    {
        var run = FakeRun.Create();

        var text = Write(run, CsvForm.Danish);

        text[0].ShouldBe('\uFEFF');
        text.ShouldContain("\r\n");
        var rows = Rows(text[1..], ';', '\n');
        var first = run.Results[0];
        var cell = rows[(first.Area, first.Outcome, first.Period.ToString())][4];
        cell.ShouldNotContain(".");
        double.Parse(cell.Replace(',', '.'), CultureInfo.InvariantCulture).ShouldBe(100 * first.Actual);
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    public void Write_NameThatLooksLikeAFormula_IsMadeText(string name)
    {
        var run = FakeRun.Create();
        var definitions = FakeRun.Definitions with { Municipalities = [.. FakeRun.Definitions.Municipalities.Select(m => m.Code == "101" ? m with { Name = name } : m)] };
        using var writer = new StringWriter();

        ResultsCsv.Write(run, definitions, writer);

        writer.ToString().ShouldContain("101,\"'" + name + "\",");
    }

    [Fact]
    public void Write_NegativeNumber_StaysANumber() =>
        Write(FakeRun.Create(), CsvForm.Standard).ShouldNotContain("'-");

    [Fact]
    public void Write_NumberThatDoesNotExist_IsEmpty()
    {
        var run = FakeRun.Create();
        var first = run.Results[0];

        var text = Write(run with { Results = [first with { Shrunken = double.NaN }] }, CsvForm.Standard);

        text.TrimEnd('\n').ShouldEndWith(",");
    }

    private static string Write(BenchmarkRun run, CsvForm form)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true))
        {
            ResultsCsv.Write(run, FakeRun.Definitions, writer, form);
        }

        return new UTF8Encoding(false).GetString(stream.ToArray());
    }

    private static Dictionary<(string Area, string Outcome, string Period), string[]> Rows(string text, char separator, char newLine) =>
        text.TrimEnd('\n', '\r').Split(newLine).Skip(1).Select(line => line.TrimEnd('\r').Split(separator)).ToDictionary(row => (row[0], row[2], row[3]));
}
