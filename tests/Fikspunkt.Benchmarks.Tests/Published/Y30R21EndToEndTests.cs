using Fikspunkt.Benchmarks.Publications;
using Fikspunkt.Benchmarks.Tests.Publications;
using Fikspunkt.Definitions;
using Fikspunkt.Sources;
using Fikspunkt.Store;
using Fikspunkt.Testing;

namespace Fikspunkt.Benchmarks.Tests.Published;

/// <summary>The ministry's files through the real import, store, model, Parquet and verification.</summary>
public sealed class Y30R21EndToEndTests
{
    [Fact]
    public void Import_CsvAndJson_GiveTheSameFingerprintAndPackageThatVerifies()
    {
        var csv = RepositoryFiles.Shared("data", "y30r21", "y30r21.csv");
        var json = RepositoryFiles.Shared("data", "y30r21", "y30r21-v2.json");
        using var folder = new TemporaryFolder();
        var definitions = DefinitionLoader.Load(RepositoryFiles.Path(DefinitionLoader.FolderName));
        using var store = ObservationStore.Open(folder.File("store.duckdb"));
        var fromCsv = TableImporter.Import(store, definitions, new ImportRequest([csv], null, PackageFixture.Now, Synthetic: false), TestContext.Current.CancellationToken);
        var fromJson = TableImporter.Import(store, definitions, new ImportRequest([json], null, PackageFixture.Now, Synthetic: false), TestContext.Current.CancellationToken);
        fromJson.ValueHash.ShouldBe(fromCsv.ValueHash);
        fromCsv.Rows.ShouldBe(7 * 1568);

        // Fewer draws and replications than the model asks for: this is about the way, Y30R21Tests is about the numbers.
        var model = definitions.Models["published-y30r21"];
        var spec = model with { Ranking = model.Ranking with { Draws = 300 }, PublishedFigures = model.PublishedFigures! with { Replications = 30 } };
        var observations = store.Read(fromJson.Id);
        var vintage = new VintageReference("v", fromJson.Table, fromJson.Source, "2026-11-20T18:30:00Z", fromJson.ValueHash, fromJson.Synthetic);
        var run = BenchmarkRunner.Run(spec, definitions, observations, [vintage]);
        run.Results.Count.ShouldBe(4 * 4 * 98);
        run.Synthetic.ShouldBeFalse();
        run.Results.Where(r => r.Outcome != PublishedData.Total).ShouldAllBe(r => r.Kroner != null);

        var tools = new PublicationTools("Fikspunkt test", WriteParquet: ParquetFiles.FromCsv, ReadParquet: ParquetFiles.ToRows);
        var package = Publication.Write(new PublicationRequest(run, definitions, observations, PackageFixture.Now, tools), folder.File("package"));
        package.Suppressed.ShouldBe(0);
        foreach (var path in new[] { package.Folder, package.Zip })
        {
            var verified = Verification.Verify(path, tools);
            verified.Differences.ShouldBeEmpty();
            (verified.Passed, verified.VintageConfirmed, verified.LargestDifference).ShouldBe((true, true, 0.0));
            verified.Files.Where(file => file.File.EndsWith(".parquet", StringComparison.Ordinal)).ShouldAllBe(file => file.Depth == CheckDepth.Cells);
        }

        // A real Parquet file, one digit of a number changed and the manifest forged: the row and column are named.
        var files = PackageFixture.Read(package.Folder);
        var rows = PackageCsv.Read(files["results/published-national.csv"]).Select(record => record.ToArray()).ToList();
        rows[3][2] = "1";
        var changed = folder.File("changed.csv");
        File.WriteAllText(changed, string.Join('\n', rows.Select(row => string.Join(',', row))) + "\n");
        ParquetFiles.FromCsv(changed, folder.File("changed.parquet"));
        files["results/published-national.parquet"] = File.ReadAllBytes(folder.File("changed.parquet"));
        var difference = Verification.Verify(PackageFixture.Zip(folder, PackageFixture.Forge(files)), tools).Differences.ShouldHaveSingleItem();
        (difference.File, difference.Row, difference.Column, difference.Found).ShouldBe(("results/published-national.parquet", 3, "expected_persons", "1"));
    }
}
