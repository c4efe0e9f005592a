using System.Text.RegularExpressions;
using System.Xml.Linq;
using Fikspunkt.Testing;

namespace Fikspunkt.Cli.Tests;

/// <summary>Data flow one way: the projects depend on each other as <c>docs/architecture.md</c> says and in no other way.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Statistics"] = [],
        ["DuckDb"] = [],
        ["Definitions"] = ["Domain"],
        ["Store"] = ["Domain", "DuckDb"],
        ["Sources"] = ["Domain", "Store"],
        ["Benchmarks"] = ["Domain", "Statistics"],
        ["Methods"] = ["Domain", "Statistics"],
        ["Reports"] = ["Domain", "Benchmarks"],
        ["Web"] = ["Domain", "Definitions", "Store", "Benchmarks", "Reports"],
        ["Cli"] = ["Domain", "Definitions", "Statistics", "Methods", "Store", "Sources", "Benchmarks", "Reports", "Web"],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        ["Domain"] = ["NodaTime"],
        ["Statistics"] = ["MathNet.Numerics", "System.Numerics.Tensors"],
        ["DuckDb"] = [],
    };

    [Fact]
    public void Projects_References_PointOnlyAsAllowed()
    {
        var found = Directory.GetFiles(RepositoryFiles.Path("src"), "*.csproj", SearchOption.AllDirectories).ToDictionary(ShortName, References);
        found.Keys.Order().ShouldBe(Allowed.Keys.Order());
        foreach (var (project, references) in found)
        {
            references.Except(Allowed[project]).ShouldBeEmpty($"{project} depends on what it must not know");
        }
    }

    [Fact]
    public void InnerProjects_Packages_AreOnlyTheNamedOnes()
    {
        foreach (var (project, allowed) in AllowedPackages)
        {
            var file = XDocument.Load(RepositoryFiles.Path("src", $"Fikspunkt.{project}", $"Fikspunkt.{project}.csproj"));
            file.Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value).Except(allowed).ShouldBeEmpty(project);
        }
    }

    [Fact]
    public void Sql_IsWrittenOnlyInTheStore()
    {
        string[] marks = ["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE"];
        var offenders = Directory.GetFiles(RepositoryFiles.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Fikspunkt.Store", StringComparison.Ordinal) && !file.Contains("Fikspunkt.DuckDb", StringComparison.Ordinal))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => marks.Any(mark => File.ReadAllText(file).Contains(mark, StringComparison.Ordinal)));
        offenders.ShouldBeEmpty();
    }

    [Fact]
    public void Texts_BothLanguages_HaveTheSameKeysAndPlaces()
    {
        foreach (var danish in Directory.GetFiles(RepositoryFiles.Path("src"), "Texts.resx", SearchOption.AllDirectories))
        {
            var da = Entries(danish);
            var en = Entries(Path.ChangeExtension(danish, ".en.resx"));
            en.Keys.Order().ShouldBe(da.Keys.Order(), danish);
            foreach (var key in da.Keys)
            {
                Places(en[key]).ShouldBe(Places(da[key]), $"{danish}: {key}");
                da[key].ShouldNotBeNullOrWhiteSpace(key);
            }
        }
    }

    private static string ShortName(string project) => Path.GetFileNameWithoutExtension(project)["Fikspunkt.".Length..];

    private static string[] References(string project) =>
        [.. XDocument.Load(project).Descendants("ProjectReference").Select(reference => ShortName(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

    private static Dictionary<string, string> Entries(string file) =>
        XDocument.Load(file).Root!.Elements("data").ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\{(?<place>\d+)[,:}]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    private static int[] Places(string text) =>
        [.. Place().Matches(text).Select(match => int.Parse(match.Groups["place"].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order()];
}
