using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fikspunkt.Benchmarks;
using Fikspunkt.Testing;

namespace Fikspunkt.Reports.Tests;

/// <summary>Sentences with a count: one is one in both languages.</summary>
public sealed partial class FindingsTests
{
    [Theory]
    [InlineData("da-DK", 1, 0, 0, "1 kommune ligger lavere end forventet, 0 højere, og 0 kan ikke skelnes fra det forventede")]
    [InlineData("da-DK", 2, 1, 1, "2 kommuner ligger lavere end forventet, 1 højere, og 1 kan ikke skelnes fra det forventede")]
    [InlineData("da-DK", 0, 1, 3, "0 kommuner ligger lavere end forventet, 1 højere, og 3 kan ikke skelnes fra det forventede")]
    [InlineData("da-DK", 0, 0, 1, "Kommunen kan ikke skelnes fra det forventede")]
    [InlineData("da-DK", 0, 0, 5, "Ingen af de 5 kommuner kan skelnes fra det forventede")]
    [InlineData("en-GB", 1, 2, 3, "1 municipality lies lower than expected, 2 higher, and 3 cannot be told from expected")]
    [InlineData("en-GB", 3, 2, 1, "3 municipalities lie lower than expected, 2 higher, and 1 cannot be told from expected")]
    public void Differences_WriteOneAsOne(string language, int better, int worse, int same, string expected)
    {
        using var user = new Language(language);
        var run = FakeRun.Create();
        var model = new ReportModel(run, FakeRun.Definitions, CultureInfo.CurrentUICulture);
        List<AreaResult> Of(SignificanceClass significance, int count) => [.. Enumerable.Repeat(run.Results[0] with { Class = significance }, count)];

        Findings.Differences(model, [.. Of(SignificanceClass.Better, better), .. Of(SignificanceClass.Worse, worse), .. Of(SignificanceClass.AsExpected, same)]).ShouldBe(expected);
    }

    [Theory]
    [InlineData("da-DK", 1, "1 kommune kan være nr. 1")]
    [InlineData("da-DK", 4, "4 kommuner kan være nr. 1")]
    [InlineData("en-GB", 1, "1 municipality could be no. 1")]
    public void Ranks_WriteOneAsOne(string language, int possible, string expected)
    {
        using var user = new Language(language);
        List<AreaResult> results = [.. FakeRun.Create().Results.Take(8).Select((result, i) => result with { RankLowerSimultaneous = i < possible ? 1 : 2 })];

        Findings.Ranks(results).ShouldStartWith(expected);
    }

    /// <summary>Counts that are never one: how many may be chosen at once.</summary>
    [Theory]
    [InlineData("Fikspunkt.Web", "CompareIntro", "CompareMany")]
    [InlineData("Fikspunkt.Reports")]
    [InlineData("Fikspunkt.Cli")]
    public void Texts_WithACountBeforeAWord_HaveTheWordInBothNumbers(string project, params string[] always)
    {
        foreach (var file in (string[])["Texts.resx", "Texts.en.resx"])
        {
            var wrong = XDocument.Load(RepositoryFiles.Path("src", project, file)).Root!.Elements("data")
                .Where(data => !always.Contains(data.Attribute("name")!.Value) && OnlyPlural().IsMatch(data.Element("value")!.Value));

            wrong.Select(data => data.Attribute("name")!.Value).ShouldBeEmpty(file);
        }
    }

    [GeneratedRegex(@"(?<!-)\{\d\} (kommuner|ydelser|perioder|måneder|målinger|dage|filer|celler|personer|municipalities|benefits|periods|months|measurements|days|files|cells|persons|indicators)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OnlyPlural();
}
