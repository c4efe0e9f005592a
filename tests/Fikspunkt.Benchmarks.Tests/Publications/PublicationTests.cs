using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Benchmarks.Tests.Published;
using Fikspunkt.Domain;
using Fikspunkt.Domain.Models;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Publications;

public sealed class PublicationTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Write_Package_HoldsEverythingAndLeavesNothingBeside()
    {
        using var folder = new TemporaryFolder();
        var package = PackageFixture.Write(folder);
        var files = PackageFixture.Read(package.Folder);
        string[] wanted =
        [
            "README.txt", "SYNTHETIC-SYNTETISKE-DATA.txt", "definitions.json", "inputs/observations.csv", "inputs/observations.parquet", "manifest.json",
            "report.en.html", "report.html", "results/details.csv", "results/fits.csv", "results/published-ends.csv", "results/published-movement-noise.csv",
            "results/published-movement.csv", "results/published-national.csv", "results/published-noise.csv", "results/published-positions.csv",
            "results/published-regression.csv", "results/published-rounding-summary.csv", "results/published-rounding.csv", "results/published-sensitivity.csv",
            "results/published-summary.csv", "results/results.csv", "results/results.parquet", "spec.json",
        ];
        wanted.ShouldBeSubsetOf(files.Keys);
        Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order().ShouldBe(["package", "package.zip"]);
        using var zip = ZipFile.OpenRead(package.Zip);
        zip.Entries.Select(entry => entry.FullName).ShouldBe(files.Keys);
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            SHA256.HashData(stream).ShouldBe(SHA256.HashData(files[entry.FullName]), entry.FullName);
        }
    }

    [Fact]
    public void Write_Manifest_StatesEveryFileAndItsOwnHash()
    {
        using var folder = new TemporaryFolder();
        var package = PackageFixture.Write(folder);
        var files = PackageFixture.Read(package.Folder);
        using var manifest = JsonDocument.Parse(files["manifest.json"]);
        var root = manifest.RootElement;
        root.GetProperty("format_version").GetInt32().ShouldBe(1);
        root.GetProperty("synthetic").GetBoolean().ShouldBeTrue();
        root.GetProperty("created").GetString().ShouldBe("2026-11-20T18:30:00Z");
        root.GetProperty("vintages")[0].GetProperty("value_hash").GetString().ShouldBe(root.GetProperty("inputs_hash").GetString());
        foreach (var file in root.GetProperty("files").EnumerateArray())
        {
            var bytes = files[file.GetProperty("path").GetString()!];
            file.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
            file.GetProperty("size").GetInt64().ShouldBe(bytes.Length);
        }

        // The id, by hand: the manifest on one line without the id.
        var compact = JsonSerializer.Serialize(root.EnumerateObject().Where(p => p.Name != "package_id").ToDictionary(p => p.Name, p => p.Value), Plain);
        package.PackageId.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(compact))));
    }

    [Fact]
    public void Write_Twice_IsTheSamePackage()
    {
        using var folder = new TemporaryFolder();
        var first = Publication.Write(PackageFixture.Request(), folder.File("a"));
        var second = Publication.Write(PackageFixture.Request(), folder.File("b"));
        second.PackageId.ShouldBe(first.PackageId);
        File.ReadAllBytes(second.Zip).ShouldBe(File.ReadAllBytes(first.Zip));
    }

    [Theory]
    [InlineData("package")]
    [InlineData("package.zip")]
    public void Write_AlreadyThere_IsRefusedAndLeftAlone(string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(name), "mine");
        Should.Throw<InputException>(() => PackageFixture.Write(folder)).Problems[0].File.ShouldBe(folder.File(name));
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldHaveSingleItem();
        File.ReadAllText(folder.File(name)).ShouldBe("mine");
    }

    [Fact]
    public void Write_FailureHalfWay_LeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var tools = PackageFixture.Tools with { RenderReport = (_, _, _) => throw new InvalidOperationException("no") };
        Should.Throw<InvalidOperationException>(() => PackageFixture.Write(folder, tools));
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public void Write_Results_HaveTheAgreedColumnsAndOrder()
    {
        using var folder = new TemporaryFolder();
        var package = PackageFixture.Write(folder);
        var records = PackageCsv.Read(File.ReadAllBytes(Path.Combine(package.Folder, "results", "results.csv")));
        string.Join(", ", records[0]).ShouldBe(
            "municipality_code, municipality, outcome, period, actual, expected, difference, se, lower, upper, rank, rank_lower, rank_upper, rank_lower_simultaneous, rank_upper_simultaneous, class, shrunken");
        records.Count.ShouldBe(1 + package.Run.Results.Count);
        var first = package.Run.Results.Where(r => r.Outcome == PublishedData.Total && r.Period == PublishedData.Periods[0]).MinBy(r => r.Rank)!;
        records[1][0].ShouldBe(first.Area);
        double.Parse(records[1][6], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(100 * first.Difference);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 2)]
    [InlineData(4, 2)]
    public void Write_SmallCounts_AreHiddenAndTheRunIsComputedWithoutThem(int largest, int suppressed)
    {
        using var folder = new TemporaryFolder();
        var observations = PackageFixture.Observations
            .Select(o => o.Area == "101" && o.Indicator == "y30r21_actual_persons" && o.Breakdown.Length > 0 && o.Period == PublishedData.Periods[3] ? o with { Value = 2 } : o)
            .ToList();
        var run = BenchmarkRunner.Run(PackageFixture.Spec(), PackageFixture.Definitions, observations, [PublishedData.Vintage]);
        var package = Publication.Write(PackageFixture.Request() with { Run = run, Observations = observations, LargestHidden = largest }, folder.File("package"));

        // The cell and the total that would reveal it.
        package.Suppressed.ShouldBe(suppressed);
        package.Run.Exclusions.Count(e => e.Area == "101" && e.Reason == ExclusionReason.OutcomeSuppressed).ShouldBe(suppressed);
        File.ReadAllLines(Path.Combine(package.Folder, "inputs", "observations.csv")).Count(line => line.EndsWith(",suppressed", StringComparison.Ordinal)).ShouldBe(suppressed);
        var verified = Verification.Verify(package.Folder, PackageFixture.Tools);
        verified.Differences.ShouldBeEmpty();
        verified.Passed.ShouldBeTrue();
    }

    [Fact]
    public void Json_SpecAndDefinitions_ComeBackTheSame()
    {
        var spec = PublishedData.Spec();
        PackageJson.Write(PackageJson.Read<ModelSpec>(PackageJson.Write(spec))).ShouldBe(PackageJson.Write(spec));
        PackageJson.Write(PackageJson.Read<DefinitionSet>(PackageJson.Write(PackageFixture.Definitions))).ShouldBe(PackageJson.Write(PackageFixture.Definitions));
        Should.Throw<JsonException>(() => PackageJson.Read<ModelSpec>("{\"id\": \"x\"}"u8.ToArray()));
    }

    [Fact]
    public void Texts_BothLanguages_HaveTheSameKeys()
    {
        static HashSet<string> Keys(string name) => System.Xml.Linq.XDocument.Load(RepositoryFiles.Path("src", "Fikspunkt.Benchmarks", name)).Root!.Elements("data").Select(e => (string)e.Attribute("name")!).ToHashSet();
        Keys("Texts.en.resx").ShouldBe(Keys("Texts.resx"), ignoreOrder: true);
        Enum.GetNames<DifferenceKind>().Select(kind => "Difference" + kind).ShouldBeSubsetOf(Keys("Texts.resx"));
    }

    [Fact]
    public void Definitions_WithoutMeasurements_AreReadAndWrittenAsBeforeThereWereAny()
    {
        var bytes = PackageJson.Write(SmallModels.Definitions(["101"]));
        System.Text.Encoding.UTF8.GetString(bytes).ShouldNotContain("measurements");
        PackageJson.Write(PackageJson.Read<DefinitionSet>(bytes)).ShouldBe(bytes);
    }
}
