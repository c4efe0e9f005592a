using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Fikspunkt.Benchmarks;
using Fikspunkt.Reports;
using Fikspunkt.Testing;

namespace Fikspunkt.Web.Tests.Api;

/// <summary>The recipes in <c>docs/api</c> do what they say: what is run here is what stands there.</summary>
public sealed partial class RecipeTests(SiteFixture site)
{
    private const string Address = "http://127.0.0.1:5173";

    private IReadOnlyList<AreaResult> Latest => [.. site.Run.Results.Where(result => result.Area == "851" && result.Period == site.Run.Results.Max(other => other.Period))];

    [Fact]
    public async Task Python_AsItStandsInTheRecipe_ReadsEveryPartAndTheResultsOfThePublication()
    {
        var output = await Run("python3", "python.md", "python", ".py");

        output[0].ShouldStartWith("120 figures, ");
        output[0].ShouldContain("newest 2024M12: ");
        output.Length.ShouldBe(1 + Latest.Count);
        foreach (var result in Latest)
        {
            output.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"{result.Outcome}: {100 * result.Difference:+0.00;-0.00} points ({100 * result.Lower:+0.00;-0.00} to {100 * result.Upper:+0.00;-0.00}), rank {result.RankLower}-{result.RankUpper} of 98, {ResultsCsv.ClassId(result.Class)}"));
        }
    }

    [Fact]
    public async Task R_AsItStandsInTheRecipe_ReadsEveryPartAndTheResultsOfThePublication()
    {
        var output = await Run("Rscript", "r.md", "r", ".R");

        output[0].ShouldStartWith("120 figures, ");
        output[0].ShouldContain("newest 2024M12");
        var rows = output.Skip(2).Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToDictionary(cells => cells[0]);
        rows.Count.ShouldBe(Latest.Count);
        foreach (var result in Latest)
        {
            var cells = rows[result.Outcome];
            double.Parse(cells[1], CultureInfo.InvariantCulture).ShouldBe(100 * result.Difference, 1e-6);
            cells[4..].ShouldBe([result.RankLower.ToString(CultureInfo.InvariantCulture), result.RankUpper.ToString(CultureInfo.InvariantCulture), "98", ResultsCsv.ClassId(result.Class)]);
        }
    }

    [Theory]
    [InlineData("excel.md")]
    [InlineData("power-bi.md")]
    public async Task PowerQuery_AddressesInTheRecipe_AnswerWithTheColumnsItReads(string page)
    {
        var code = Block(page, "powerquery");
        var path = Path().Match(code).Groups["it"].Value;
        var query = string.Join('&', Pair().Matches(Query().Match(code).Groups["it"].Value).Select(pair => $"{pair.Groups["name"].Value}={Uri.EscapeDataString(pair.Groups["it"].Value switch { "Text.From(Limit)" => "10000", "Text.From(offset)" => "0", var text => text.Trim('"') })}"));
        query.Count(letter => letter == '=').ShouldBeGreaterThan(1);

        var rows = (await site.Client.Json($"/{path}?{query}")).Rows().ToList();

        rows.Count.ShouldBeGreaterThan(98);
        foreach (var column in Text().Matches(Columns().Match(code).Groups["it"].Value).Select(match => match.Groups["it"].Value))
        {
            rows.ShouldAllBe(row => row.EnumerateObject().Any(cell => cell.Name == column), column);
        }
    }

    [Fact]
    public async Task Addresses_InTheRecipes_AllAnswer()
    {
        var addresses = Directory.GetFiles(RepositoryFiles.Path("docs", "api"), "*.md").SelectMany(file => Plain().Matches(File.ReadAllText(file)).Select(match => match.Groups["it"].Value)).ToList();

        addresses.ShouldNotBeEmpty();
        foreach (var address in addresses)
        {
            using var answer = await site.Client.Ask(address);
            answer.IsSuccessStatusCode.ShouldBeTrue(address);
        }
    }

    private static string Block(string page, string language)
    {
        var text = File.ReadAllText(RepositoryFiles.Path("docs", "api", page)).ReplaceLineEndings("\n");
        var start = text.IndexOf($"```{language}\n", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, page);
        start += language.Length + 4;
        return text[start..text.IndexOf("\n```", start, StringComparison.Ordinal)] + "\n";
    }

    private async Task<string[]> Run(string program, string page, string language, string extension)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(place => File.Exists(System.IO.Path.Combine(place, program))), $"Needs {program}.");
        var code = Block(page, language);
        code.ShouldContain(Address);
        using var folder = new TemporaryFolder();
        var file = folder.File("recipe" + extension);
        await File.WriteAllTextAsync(file, code.Replace(Address, site.Address, StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(program, [file]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        return output.TrimEnd('\n').Split('\n');
    }

    [GeneratedRegex("RelativePath = \"(?<it>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Path();

    [GeneratedRegex(@"Query = \[(?<it>[^\]]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Query();

    [GeneratedRegex("(?<name>\\w+) = (?<it>\"[^\"]*\"|Text\\.From\\(\\w+\\))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();

    [GeneratedRegex(@"Table\.FromRecords\([^{]*\{(?<it>[^}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Columns();

    [GeneratedRegex("\"(?<it>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();

    [GeneratedRegex(@"http://127\.0\.0\.1:5173(?<it>/api/\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
